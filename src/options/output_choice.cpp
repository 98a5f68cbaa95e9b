// SPDX-License-Identifier: MIT
#include "options/output_choice.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include <fmt/format.h>

#include "base/text.hpp"
#include "options/enum_names.hpp"

namespace dgauth::options {
namespace {

constexpr std::array<EnumName<DryRunFormat>, 3> dry_run_formats = {{
    {"text", DryRunFormat::text, "an HTTP request"},
    {"json", DryRunFormat::json, "a request as JSON"},
    {"curl", DryRunFormat::curl, "a curl command"},
}};

Error unknown_format(std::string_view command, std::span<const Word> formats) {
  std::vector<std::string_view> names;
  for (const Word& format : formats) {
    names.push_back(format.name);
  }
  return {.kind = ErrorKind::usage,
          .message = fmt::format("-o is none of the formats of {}", command),
          .hint = fmt::format("there are {}", join_with_and(names))};
}

}  // namespace

Result<OutputChoice> choose_output(const GlobalOptions& global, std::string_view command,
                                   std::span<const Word> formats) {
  if (global.json && !global.output.empty() && global.output != "json") {
    return fail(ErrorKind::usage, "--json does not go together with another -o");
  }
  const std::string_view name = global.json ? "json" : std::string_view(global.output);
  if (name.empty()) {
    return OutputChoice{};
  }
  const std::optional<DryRunFormat> dry_run = find_named(dry_run_formats, name);
  const auto format = std::ranges::find(formats, name, &Word::name);
  const bool is_format = format != formats.end();
  if (!is_format && !(global.dry_run && dry_run)) {
    return fail(unknown_format(command, formats));
  }
  return OutputChoice{.format = is_format ? static_cast<std::size_t>(format - formats.begin()) : 0,
                      .dry_run = dry_run.value_or(DryRunFormat::text),
                      .is_json = name == "json"};
}

}  // namespace dgauth::options
