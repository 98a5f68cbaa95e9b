// SPDX-License-Identifier: MIT
#include "options/declaration.hpp"

#include <fmt/format.h>

#include "base/duration.hpp"

namespace dgauth::options {
namespace {

bool is_option_name(const Option& option) { return option.names.starts_with('-'); }

// The last of the names, which is the long one where there is one.
std::string_view last_name(const Option& option) { return option.names.substr(option.names.find(',') + 1); }

}  // namespace

std::string_view long_name(const Option& option) {
  const std::string_view name = last_name(option);
  return name.starts_with("--") ? name : std::string_view();
}

std::string_view short_name(const Option& option) {
  const std::string_view name = option.names.substr(0, option.names.find(','));
  return is_option_name(option) && !name.starts_with("--") ? name : std::string_view();
}

std::string_view shown_name(const Option& option) { return last_name(option); }

bool is_named(const Option& option, std::string_view name) {
  return !name.empty() && is_option_name(option) && (name == long_name(option) || name == short_name(option));
}

Result<void> reject_missing_value(std::string_view text) {
  if (text.empty()) {
    return fail(ErrorKind::usage, "is empty", "perhaps a variable in the value is not set");
  }
  return text.starts_with("--") ? fail(ErrorKind::usage, "needs a value") : Result<void>();
}

Result<std::chrono::seconds> parse_duration_option(std::string_view text) {
  if (const std::optional<std::chrono::seconds> duration = parse_duration(text)) {
    return *duration;
  }
  return fail(ErrorKind::usage, fmt::format("must be 1 second to 7 days, for example {}", duration_forms));
}

}  // namespace dgauth::options
