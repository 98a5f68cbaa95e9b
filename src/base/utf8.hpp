// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace dgauth {

struct Utf8Char {
  char32_t code_point;
  std::size_t size;  // in bytes, 1 to 4
};

// The code point that `text` begins with; nothing if it begins with no well-formed UTF-8 sequence (Unicode, table 3-7:
// no overlong form, no surrogate, nothing above U+10FFFF), or is empty.
std::optional<Utf8Char> first_utf8_char(std::string_view text);

bool is_utf8(std::string_view text);

// `text` with every byte that is no part of a well-formed sequence replaced by U+FFFD.
std::string valid_utf8(std::string_view text);

}  // namespace dgauth
