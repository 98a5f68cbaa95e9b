// SPDX-License-Identifier: MIT
#include "base/workflow_commands.hpp"

#include <algorithm>
#include <array>

#include "base/utf8.hpp"

namespace dgauth {
namespace {

struct Range {
  char32_t first;
  char32_t last;
};

// Default_Ignorable_Code_Point, as far as it is in the first plane: culture-sensitive string comparison skips these.
constexpr std::array unseen = {
    Range{0x00AD, 0x00AD}, Range{0x034F, 0x034F}, Range{0x061C, 0x061C}, Range{0x115F, 0x1160}, Range{0x17B4, 0x17B5},
    Range{0x180B, 0x180F}, Range{0x200B, 0x200F}, Range{0x202A, 0x202E}, Range{0x2060, 0x206F}, Range{0x3164, 0x3164},
    Range{0xFE00, 0xFE0F}, Range{0xFEFF, 0xFEFF}, Range{0xFFA0, 0xFFA0}, Range{0xFFF0, 0xFFF8},
};

// What has the property White_Space.
constexpr std::array blanks = {
    Range{0x0009, 0x000D}, Range{0x0020, 0x0020}, Range{0x0085, 0x0085}, Range{0x00A0, 0x00A0}, Range{0x1680, 0x1680},
    Range{0x2000, 0x200A}, Range{0x2028, 0x2029}, Range{0x202F, 0x202F}, Range{0x205F, 0x205F}, Range{0x3000, 0x3000},
};

template <std::size_t size>
bool is_in(const std::array<Range, size>& ranges, char32_t c) {
  return std::ranges::any_of(ranges, [c](const Range& range) { return c >= range.first && c <= range.last; });
}

// Whether `text` begins with `mark`, but for what does not show.
bool begins_with(std::string_view text, std::string_view mark) {
  while (!mark.empty() && !text.empty()) {
    const Utf8Char c = first_char_or_replacement(text);
    if (c.code_point == static_cast<unsigned char>(mark.front())) {
      mark.remove_prefix(1);
    } else if (!is_in(unseen, c.code_point)) {
      return false;
    }
    text.remove_prefix(c.size);
  }
  return mark.empty();
}

}  // namespace

std::string without_workflow_commands(std::string_view line) {
  std::string safe;
  safe.reserve(line.size());
  bool is_at_start = true;
  while (!line.empty()) {
    const Utf8Char c = first_char_or_replacement(line);
    const bool is_mark = (is_at_start && c.code_point == U':' && begins_with(line, "::")) ||
                         (c.code_point == U'#' && (begins_with(line, "##[") || begins_with(line, "##vso[")));
    is_at_start = is_at_start && (is_in(blanks, c.code_point) || is_in(unseen, c.code_point));
    safe += line.substr(0, c.size);
    safe += is_mark ? " " : "";
    line.remove_prefix(c.size);
  }
  return safe;
}

}  // namespace dgauth
