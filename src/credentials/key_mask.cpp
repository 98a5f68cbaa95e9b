// SPDX-License-Identifier: MIT
#include "credentials/key_mask.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace dgauth::credentials {
namespace {

constexpr std::string_view blanks = " \t";

// Whether `left` of a `=` is the name api_key, perhaps quoted, perhaps behind the names of tables and a dot.
bool names_key(std::string_view left) {
  left = trim(left);
  const bool is_quoted = left.ends_with('"') || left.ends_with('\'');
  if (is_quoted) {
    left.remove_suffix(1);
  }
  constexpr std::string_view name = "api_key";
  if (!left.ends_with(name)) {
    return false;
  }
  left.remove_suffix(name.size());
  return is_quoted || left.empty() || left.ends_with('.') || left.ends_with(' ');
}

// Where the key in `line` stands: the position of its opening quote. npos if there is none.
std::size_t quote_before_key(std::string_view line) {
  const std::size_t equals = line.find('=');
  if (equals == std::string_view::npos || !names_key(line.substr(0, equals))) {
    return std::string_view::npos;
  }
  const std::size_t quote = line.find_first_not_of(blanks, equals + 1);
  return quote != std::string_view::npos && (line[quote] == '"' || line[quote] == '\'') ? quote
                                                                                        : std::string_view::npos;
}

}  // namespace

MaskedText mask_keys(std::string_view text) {
  MaskedText masked{.text = {}, .keys = {}};
  masked.text.reserve(text.size());
  const bool has_long_strings =
      text.find("\"\"\"") != std::string_view::npos || text.find("'''") != std::string_view::npos;
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::string_view line = text.substr(0, std::min(text.find('\n'), text.size() - 1) + 1);
    text.remove_prefix(line.size());
    const std::size_t quote = has_long_strings ? std::string_view::npos : quote_before_key(line);
    const std::size_t end =
        quote == std::string_view::npos ? std::string_view::npos : line.find(line[quote], quote + 1);
    const std::string_view key =
        end == std::string_view::npos ? std::string_view() : line.substr(quote + 1, end - quote - 1);
    if (key.find('\\') != std::string_view::npos || !std::ranges::all_of(key, is_visible_ascii) || key.empty()) {
      masked.text += line;
      continue;
    }
    masked.keys.push_back({.line = number, .key = Secret(key)});
    masked.text.append(line.substr(0, quote + 1)).append(key.size(), 'k').append(line.substr(end));
  }
  return masked;
}

}  // namespace dgauth::credentials
