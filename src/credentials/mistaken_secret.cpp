// SPDX-License-Identifier: MIT
#include "credentials/mistaken_secret.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/text.hpp"
#include "base/wiping_allocator.hpp"

namespace dgauth::credentials {
namespace {

constexpr std::string_view quotes = "\"'";

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_of_name(char c) { return is_upper(c) || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; }

// A line [NAME] of a configuration.
bool is_section(std::string_view line) { return line.starts_with('[') && line.ends_with(']'); }

// The first line that is neither empty nor a comment nor begins a section.
std::string_view first_line(std::string_view text) {
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    if (const std::string_view words = trim(line); !words.empty() && !words.starts_with('#') && !is_section(words)) {
      return words;
    }
  }
  return {};
}

// `NAME=value`, perhaps after `export`. What ends with its `=` is rather Base64.
bool is_assignment(std::string_view line) {
  constexpr std::string_view keyword = "export ";
  if (line.starts_with(keyword)) {
    line.remove_prefix(keyword.size());
  }
  const std::string_view name = line.substr(0, std::min(line.find('='), line.size()));
  const std::string_view value = line.substr(name.size());
  const std::string_view trimmed = trim(name);
  return !trimmed.empty() && std::ranges::all_of(trimmed, is_of_name) &&
         value.find_first_not_of('=') != std::string_view::npos;
}

bool is_json(std::string_view text) {
  const std::string_view inner = trim(text);
  const std::size_t after_brace = inner.find_first_not_of(" \t\r\n", 1);
  const bool has_member = after_brace != std::string_view::npos && inner[after_brace] == '"';
  return has_member && (inner.starts_with('{') || inner.starts_with('['));
}

// `$NAME`: a variable that nobody has put its value in place of.
bool is_variable(std::string_view text) {
  return text.size() > 1 && text.starts_with('$') &&
         std::ranges::all_of(text.substr(1), [](char c) { return is_upper(c) || c == '_'; });
}

bool consists_of(std::string_view text, char c, std::size_t at_least) {
  return text.size() >= at_least && text.find_first_not_of(c) == std::string_view::npos;
}

// As documentations write it: YOUR_DEEPGRAM_API_KEY, your-api-key-here, xxxxxxxx.
bool is_placeholder(std::string_view text) {
  WipedString letters;
  letters.reserve(std::max(text.size(), least_on_heap));
  for (const char c : text) {
    if (is_of_name(c) && c != '_') {
      letters += is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c;
    }
  }
  constexpr std::array<std::string_view, 5> parts = {"yourapi", "yourdeepgram", "yourkey", "yourtoken", "yoursecret"};
  constexpr auto words =
      std::to_array<std::string_view>({"deepgramapikey", "deepgramkey", "deepgramtoken", "apikeyhere", "insertkeyhere",
                                       "changeme", "replaceme", "myapikey", "todo", "redacted"});
  constexpr std::size_t fewest_x = 4;
  const std::string_view word = letters;
  return std::ranges::any_of(parts, [word](std::string_view each) { return word.find(each) != word.npos; }) ||
         std::ranges::find(words, word) != words.end() || consists_of(word, 'x', fewest_x) || consists_of(text, '*', 1);
}

// What programs print for a value that is not there.
bool is_missing_value(std::string_view text) {
  constexpr std::array<std::string_view, 3> words = {"null", "undefined", "none"};
  return std::ranges::any_of(words, [text](std::string_view each) { return equal_ignoring_case(text, each); });
}

// `$(command)` or the same in backticks, where no shell has run it.
bool is_command(std::string_view text) {
  return text.starts_with("$(") || (text.size() > 1 && text.starts_with('`') && text.ends_with('`'));
}

Mistake quoted(std::string_view text, std::string_view noun) {
  const bool is_around =
      quotes.find(text.front()) != std::string_view::npos || quotes.find(text.back()) != std::string_view::npos;
  return {.what = "contains a quotation mark",
          .hint = is_around ? fmt::format("remove the quotes around the {}", noun)
                            : fmt::format("a {} has no quotation marks: check what was copied", noun)};
}

}  // namespace

std::optional<Mistake> mistake_in(std::string_view text, std::string_view noun) {
  const std::string_view inner = trim(text);
  if (is_json(inner)) {
    return Mistake{.what = "looks like JSON",
                   .hint = fmt::format("use only the {} that is in it, without quotes", noun)};
  }
  if (is_assignment(first_line(inner))) {
    return Mistake{.what = inner.starts_with('[') ? "looks like a configuration file (NAME = VALUE)"
                                                  : "looks like a .env file (NAME=VALUE)",
                   .hint = fmt::format("use only the {}, which is what follows the =, without quotes", noun)};
  }
  if (is_command(inner)) {
    return Mistake{.what = "looks like a command that no shell has run",
                   .hint = fmt::format("replace it with the {} itself", noun)};
  }
  if (is_missing_value(inner)) {
    return Mistake{.what = "is null, undefined or none, as programs print it for a missing value",
                   .hint = fmt::format("check where it comes from, and replace it with the {} itself", noun)};
  }
  if (inner.starts_with("op://")) {
    return Mistake{.what = "looks like a reference to a secret, not the secret",
                   .hint = fmt::format("replace it with the {} itself, or run dgauth by 'op run --'", noun)};
  }
  if (inner.find('{') != std::string_view::npos || is_variable(inner)) {
    return Mistake{.what = "looks like a template or a variable that was not filled in",
                   .hint = fmt::format("replace it with the {} itself", noun)};
  }
  if (inner.find('<') != std::string_view::npos || is_placeholder(inner)) {
    return Mistake{.what = "looks like a placeholder from an example",
                   .hint = fmt::format("replace it with your own {}", noun)};
  }
  if (inner.find_first_of(quotes) != std::string_view::npos) {
    return quoted(inner, noun);
  }
  if (inner.find('=') != std::string_view::npos) {
    return Mistake{.what = "contains an equals sign",
                   .hint = fmt::format("a {} has no = in it: check what was copied", noun)};
  }
  return std::nullopt;
}

}  // namespace dgauth::credentials
