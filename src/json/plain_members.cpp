// SPDX-License-Identifier: MIT
#include "json/plain_members.hpp"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace dgauth::json {
namespace {

constexpr char first_printable = ' ';

// As a signed number a byte that is not ASCII is below all others.
constexpr bool is_plain(char byte) {
  return static_cast<signed char>(byte) >= first_printable && byte != '"' && byte != '\\';
}

}  // namespace

#if defined(__SSE2__)

namespace {

constexpr std::ptrdiff_t block = sizeof(__m128i);
constexpr unsigned width = 4 * block;  // of a window, in bytes
constexpr std::ptrdiff_t margin = 4;   // bytes that are looked at behind a window

// What there is in 64 bytes: a bit for each.
struct Window {
  const char* bytes;
  std::uint64_t special;  // skip_plain_text stops at it
  std::uint64_t other;    // not a digit
};

__m128i load(const char* at) { return _mm_loadu_si128(reinterpret_cast<const __m128i*>(at)); }

std::uint64_t special_in(const char* at) {
  const __m128i bytes = load(at);
  const __m128i special =
      _mm_or_si128(_mm_cmplt_epi8(bytes, _mm_set1_epi8(first_printable)),
                   _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('"')), _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\'))));
  return static_cast<std::uint16_t>(_mm_movemask_epi8(special));
}

std::uint64_t other_than_digits_in(const char* at) {
  constexpr int least = -128;  // of a signed byte: what '0' is moved to, so that one comparison is enough
  const __m128i moved = _mm_add_epi8(load(at), _mm_set1_epi8(static_cast<char>(least - '0')));
  return static_cast<std::uint16_t>(_mm_movemask_epi8(_mm_cmpgt_epi8(moved, _mm_set1_epi8(least + 9))));
}

// The bits of `part`, one for each byte of a block, for a whole window. Written out, it is a fifth faster than a loop.
template <typename Part>
std::uint64_t in_window(const char* at, const Part& part) {
  return part(at) | part(at + block) << block | part(at + 2 * block) << 2 * block | part(at + 3 * block) << 3 * block;
}

Window window_at(const char* at) {
  return {.bytes = at, .special = in_window(at, special_in), .other = in_window(at, other_than_digits_in)};
}

// The first bit from `at` on; `width` if there is none.
unsigned first_from(std::uint64_t bits, unsigned at) {
  const std::uint64_t left = at < width ? bits >> at : 0;
  return left == 0 ? width : at + static_cast<unsigned>(std::countr_zero(left));
}

// Where in the window the string ends whose text begins at `at`; `width` or more if that cannot be seen in it.
unsigned end_of_string(const Window& window, unsigned at) {
  const unsigned end = first_from(window.special, at);
  return window.bytes[end] == '"' ? end + 1 : width;
}

// The same for a number.
unsigned end_of_number(const Window& window, unsigned at) {
  at += window.bytes[at] == '-' ? 1 : 0;
  const unsigned point = first_from(window.other, at);
  if (point == at || (window.bytes[at] == '0' && point != at + 1)) {
    return width;
  }
  if (window.bytes[point] != '.') {
    return point;
  }
  const unsigned end = first_from(window.other, point + 1);
  return end == point + 1 ? width : end;
}

// Where the member begins, perhaps behind the window, that follows the one at `start`. 0 if that cannot be seen.
unsigned next_member(const Window& window, unsigned start, bool is_in_array) {
  const char* const bytes = window.bytes;
  const unsigned colon = end_of_string(window, start + 1);
  if (colon >= width || bytes[colon] != ':') {
    return 0;
  }
  const unsigned end = bytes[colon + 1] == '"' ? end_of_string(window, colon + 2) : end_of_number(window, colon + 1);
  if (end >= width) {
    return 0;
  }
  if (bytes[end] == ',' && bytes[end + 1] == '"') {
    return end + 1;
  }
  if (is_in_array && bytes[end] == '}' && bytes[end + 1] == ',' && bytes[end + 2] == '{' && bytes[end + 3] == '"') {
    return end + 3;
  }
  return 0;
}

}  // namespace

const char* skip_plain_text(const char* at, const char* end) {
  for (; end - at >= block; at += block) {
    if (const std::uint64_t special = special_in(at); special != 0) {
      return at + std::countr_zero(special);
    }
  }
  return std::find_if_not(at, end, is_plain);
}

const char* skip_plain_members(const char* at, const char* end, bool is_in_array) {
  unsigned start = 1;
  while (start != 0 && end - at >= width + margin) {
    const Window window = window_at(at);
    start = 0;
    while (const unsigned next = next_member(window, start, is_in_array)) {
      start = next;
    }
    at += start;
  }
  return at;
}

#else

const char* skip_plain_text(const char* at, const char* end) { return std::find_if_not(at, end, is_plain); }

const char* skip_plain_members(const char* at, const char* /*end*/, bool /*is_in_array*/) { return at; }

#endif

}  // namespace dgauth::json
