// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

namespace dgauth {

inline constexpr std::string_view lower_hex_digits = "0123456789abcdef";
inline constexpr std::string_view upper_hex_digits = "0123456789ABCDEF";

// Appends the two digits of `octet` to `text`, a string of any allocator.
template <typename String>
void append_hex(String& text, unsigned char octet, std::string_view digits = lower_hex_digits) {
  text += digits[octet >> 4U];
  text += digits[octet & 0x0FU];
}

// Whether `text` is made of lower-case digits only; true if it is empty.
constexpr bool is_lower_hex(std::string_view text) {
  return text.find_first_not_of(lower_hex_digits) == std::string_view::npos;
}

}  // namespace dgauth
