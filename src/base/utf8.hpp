// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace dgauth {

inline constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
inline constexpr char32_t replacement_code_point = 0xFFFD;
inline constexpr std::string_view replacement_character = "\xEF\xBF\xBD";  // the same in UTF-8

struct Utf8Char {
  char32_t code_point;
  std::size_t size;  // in bytes, 1 to 4
};

// The code point that `text` begins with. nullopt if it is empty, or does not begin with a well-formed UTF-8 sequence
// (Unicode, table 3-7: no overlong form, no surrogate, nothing above U+10FFFF).
std::optional<Utf8Char> first_utf8_char(std::string_view text);

// The same of a `text` that is not empty, with U+FFFD for a first byte that is not part of a well-formed sequence.
Utf8Char first_char_or_replacement(std::string_view text);

// A code point, which is not a surrogate, in UTF-8.
std::string to_utf8(char32_t code_point);

bool is_utf8(std::string_view text);

// The number of code points in `text`, which is valid UTF-8.
std::size_t count_code_points(std::string_view text);

// `text` with U+FFFD in place of every byte that is not part of a well-formed sequence.
std::string valid_utf8(std::string_view text);

}  // namespace dgauth
