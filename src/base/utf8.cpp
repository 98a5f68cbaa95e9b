// SPDX-License-Identifier: MIT
#include "base/utf8.hpp"

#include <algorithm>
#include <functional>

namespace dgauth {
namespace {

// What the first byte of a sequence says: its length, its payload bits and the least code point it may stand for.
struct Lead {
  std::size_t size;
  char32_t payload;
  char32_t least;
};

std::optional<Lead> lead_of(unsigned char byte) {
  if (byte < 0x80) {
    return Lead{1, byte, 0};
  }
  if (byte >= 0xC2 && byte < 0xE0) {
    return Lead{2, byte & 0x1FU, 0x80};
  }
  if (byte >= 0xE0 && byte < 0xF0) {
    return Lead{3, byte & 0x0FU, 0x800};
  }
  if (byte >= 0xF0 && byte < 0xF5) {
    return Lead{4, byte & 0x07U, 0x10000};
  }
  return std::nullopt;
}

constexpr bool is_continuation(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U; }

}  // namespace

std::optional<Utf8Char> first_utf8_char(std::string_view text) {
  if (text.empty()) {
    return std::nullopt;
  }
  const std::optional<Lead> lead = lead_of(static_cast<unsigned char>(text.front()));
  if (!lead || text.size() < lead->size) {
    return std::nullopt;
  }
  char32_t code_point = lead->payload;
  for (std::size_t i = 1; i < lead->size; ++i) {
    if (!is_continuation(text[i])) {
      return std::nullopt;
    }
    code_point = (code_point << 6U) | (static_cast<unsigned char>(text[i]) & 0x3FU);
  }
  const bool is_surrogate = code_point >= 0xD800 && code_point <= 0xDFFF;
  if (code_point < lead->least || code_point > 0x10FFFF || is_surrogate) {
    return std::nullopt;
  }
  return Utf8Char{code_point, lead->size};
}

Utf8Char first_char_or_replacement(std::string_view text) {
  return first_utf8_char(text).value_or(Utf8Char{.code_point = replacement_code_point, .size = 1});
}

std::string to_utf8(char32_t code_point) {
  constexpr auto continuation = [](char32_t bits) { return static_cast<char>(0x80U | (bits & 0x3FU)); };
  if (code_point < 0x80) {
    return {static_cast<char>(code_point)};
  }
  if (code_point < 0x800) {
    return {static_cast<char>(0xC0U | (code_point >> 6U)), continuation(code_point)};
  }
  if (code_point < 0x10000) {
    return {static_cast<char>(0xE0U | (code_point >> 12U)), continuation(code_point >> 6U), continuation(code_point)};
  }
  return {static_cast<char>(0xF0U | (code_point >> 18U)), continuation(code_point >> 12U),
          continuation(code_point >> 6U), continuation(code_point)};
}

bool is_utf8(std::string_view text) {
  while (!text.empty()) {
    const std::optional<Utf8Char> next = first_utf8_char(text);
    if (!next) {
      return false;
    }
    text.remove_prefix(next->size);
  }
  return true;
}

std::size_t count_code_points(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(text, std::not_fn(is_continuation)));
}

std::string valid_utf8(std::string_view text) {
  if (is_utf8(text)) {
    return std::string(text);
  }
  std::string valid;
  valid.reserve(text.size());
  while (!text.empty()) {
    const std::optional<Utf8Char> next = first_utf8_char(text);
    const std::size_t size = next ? next->size : 1;
    valid += next ? text.substr(0, size) : replacement_character;
    text.remove_prefix(size);
  }
  return valid;
}

}  // namespace dgauth
