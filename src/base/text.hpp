// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace dgauth {

// 0x21 to 0x7E: what a key, a token or a header value may consist of.
constexpr bool is_visible_ascii(char c) { return c > ' ' && c <= '~'; }

// Without the spaces, tabs and newlines at both ends.
std::string_view trim(std::string_view text);

// What follows the last `separator`; all of `text` if it holds none.
std::string_view after_last(std::string_view text, char separator);

// ASCII only; other bytes stay as they are.
std::string lower_case(std::string_view text);
bool equal_ignoring_case(std::string_view a, std::string_view b);

// The candidate with the smallest edit distance to `word`, if that is small enough for a typing error: 1 in a word of
// up to 4 bytes, 2 in a longer one, a third of the length of a word of 9 or more. nullopt if it is not.
std::optional<std::string_view> nearest(std::string_view word, std::span<const std::string_view> candidates);

// "a, b and c".
std::string join_with_and(std::span<const std::string_view> words);

// Text from outside made safe for a terminal and a log: invalid UTF-8, C0, DEL, C1 and bidirectional controls become
// U+FFFD; newlines and tabs become spaces. Characters are replaced, never removed, so that no two fragments can join.
std::string without_controls(std::string_view text);

// At most `limit` code points of valid UTF-8 `text`; an ellipsis, which counts, shows a cut.
std::string shortened(std::string_view text, std::size_t limit);

}  // namespace dgauth
