// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace dgauth {

// 0x21 to 0x7E: what a key, a token or a header value may consist of.
constexpr bool is_visible_ascii(char c) { return c > ' ' && c <= '~'; }

// Without the blanks, tabs and newlines at both ends.
std::string_view trim(std::string_view text);

// ASCII only; other bytes stay as they are.
std::string lower_case(std::string_view text);
bool equal_ignoring_case(std::string_view a, std::string_view b);

// The candidate with the smallest edit distance to `word`, if that is small enough for a slip of the fingers: one in a
// short word, two in a longer, up to a third of it.
std::optional<std::string_view> nearest(std::string_view word, std::span<const std::string_view> candidates);

// "a, b and c".
std::string join_with_and(std::span<const std::string_view> words);

// Text from outside made safe for a terminal and a log: invalid UTF-8, C0, DEL, C1 and bidirectional controls become
// U+FFFD; newlines and tabs become blanks. Nothing is removed, so nothing can be joined by removing.
std::string without_controls(std::string_view text);

// At most `limit` code points of valid UTF-8 `text`; a cut is shown by an ellipsis, which counts.
std::string shortened(std::string_view text, std::size_t limit);

}  // namespace dgauth
