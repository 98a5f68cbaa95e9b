// SPDX-License-Identifier: MIT
#include "options/output_choice.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include <fmt/format.h>

#include "base/text.hpp"
#include "options/enum_names.hpp"
#include "options/typed_word.hpp"

namespace dgauth::options {
namespace {

constexpr std::array<EnumName<DryRunFormat>, 3> dry_run_formats = {{
    {"text", DryRunFormat::text, "an HTTP request"},
    {"json", DryRunFormat::json, "a request as JSON"},
    {"curl", DryRunFormat::curl, "a curl command"},
}};

// What other programs call a format.
struct Synonym {
  std::string_view typed;
  std::string_view name;
};
constexpr auto synonyms = std::to_array<Synonym>({
    {"bash", "export"},     {"bearer", "header"}, {"env", "dotenv"},  {"github-actions", "github"},
    {"markdown", "github"}, {"md", "github"},     {"plain", "token"}, {"plain", "text"},
    {"raw", "token"},       {"raw", "json"},      {"sh", "export"},   {"shell", "export"},
    {"subrip", "srt"},      {"table", "text"},    {"txt", "text"},    {"webvtt", "vtt"},
    {"websocket", "ws"},    {"xml", "junit"},     {"zsh", "export"},
});

Error unknown_format(std::string_view typed, std::string_view command, std::span<const Word> formats) {
  std::vector<std::string_view> names;
  for (const Word& format : formats) {
    names.push_back(format.name);
  }
  std::string hint = suggestion(typed, names);
  for (const Synonym& each : synonyms) {
    if (hint.empty() && each.typed == lower_case(typed) && std::ranges::find(names, each.name) != names.end()) {
      hint = fmt::format("did you mean {}?", each.name);
    }
  }
  return {.kind = ErrorKind::usage,
          .message = fmt::format("{} is not an output format of {}", quoted_word(typed, "the value of -o"), command),
          .hint = !hint.empty()       ? hint
                  : names.size() == 1 ? "it has no other format"
                                      : fmt::format("use one of: {}", fmt::join(names, ", "))};
}

}  // namespace

Result<OutputChoice> choose_output(const GlobalOptions& global, std::string_view command,
                                   std::span<const Word> formats) {
  if (global.json && !global.output.empty() && global.output != "json") {
    return fail(ErrorKind::usage, "--json cannot be used with another -o", "leave out one of them");
  }
  const std::string_view name = global.json ? "json" : std::string_view(global.output);
  if (name.empty()) {
    return OutputChoice{};
  }
  const std::optional<DryRunFormat> dry_run = find_named(dry_run_formats, name);
  const auto format = std::ranges::find(formats, name, &Word::name);
  const bool is_format = format != formats.end();
  if (!is_format && !(global.dry_run && dry_run)) {
    return fail(unknown_format(name, command, formats));
  }
  return OutputChoice{.format = is_format ? static_cast<std::size_t>(format - formats.begin()) : 0,
                      .dry_run = dry_run.value_or(DryRunFormat::text),
                      .is_json = name == "json"};
}

}  // namespace dgauth::options
