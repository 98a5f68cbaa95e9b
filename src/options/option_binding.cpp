// SPDX-License-Identifier: MIT
#include "options/option_binding.hpp"

#include <fmt/format.h>

#include "base/duration.hpp"

namespace dgauth::options {

void reject_missing_value(const std::string& option, const std::string& text) {
  if (text.empty()) {
    throw BadOption{{.kind = ErrorKind::usage,
                     .message = fmt::format("{} is empty", option),
                     .hint = "perhaps a variable in its value is not set"}};
  }
  if (text.starts_with("--")) {
    throw BadOption{{.kind = ErrorKind::usage, .message = fmt::format("{} needs a value", option), .hint = {}}};
  }
}

Result<std::chrono::seconds> parse_duration_option(std::string_view text) {
  if (const std::optional<std::chrono::seconds> duration = parse_duration(text)) {
    return *duration;
  }
  return fail(ErrorKind::usage, fmt::format("is not a duration: write {}", duration_forms));
}

}  // namespace dgauth::options
