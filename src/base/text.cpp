// SPDX-License-Identifier: MIT
#include "base/text.hpp"

#include <algorithm>
#include <numeric>
#include <vector>

#include "base/utf8.hpp"

namespace dgauth {
namespace {

constexpr std::string_view blanks = " \t\r\n\f\v";
constexpr std::string_view ellipsis = "\xE2\x80\xA6";  // U+2026

constexpr std::size_t shortest_word_with_two_typos = 5;

constexpr char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

constexpr bool is_control(char32_t c) { return c < 0x20 || (c >= 0x7F && c <= 0x9F); }

// U+2028 and U+2029 end a line for many readers; the others reorder what is shown (CVE-2021-42574).
constexpr bool reorders_or_breaks(char32_t c) {
  return c == 0x061C || (c >= 0x200E && c <= 0x200F) || (c >= 0x2028 && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), 0U);
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i + 1;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i] == b[j] ? 0U : 1U);
      diagonal = row[j + 1];
      row[j + 1] = std::min({replaced, diagonal + 1, row[j] + 1});
    }
  }
  return row.back();
}

}  // namespace

std::string_view trim(std::string_view text) {
  const std::size_t first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) {
    return {};
  }
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

std::string_view after_last(std::string_view text, char separator) {
  const std::size_t found = text.rfind(separator);
  return found == std::string_view::npos ? text : text.substr(found + 1);
}

std::string lower_case(std::string_view text) {
  std::string result(text);
  std::ranges::transform(result, result.begin(), lower);
  return result;
}

bool equal_ignoring_case(std::string_view a, std::string_view b) { return std::ranges::equal(a, b, {}, lower, lower); }

std::optional<std::string_view> nearest(std::string_view word, std::span<const std::string_view> candidates) {
  const std::size_t most_typos =
      word.size() < shortest_word_with_two_typos ? 1 : std::max<std::size_t>(2, word.size() / 3);
  std::size_t best = most_typos + 1;
  std::optional<std::string_view> found;
  for (const std::string_view candidate : candidates) {
    const std::size_t distance = edit_distance(word, candidate);
    if (distance < best) {
      best = distance;
      found = candidate;
    }
  }
  return found;
}

std::string join_with_and(std::span<const std::string_view> words) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i != 0) {
      text += i + 1 == words.size() ? " and " : ", ";
    }
    text += words[i];
  }
  return text;
}

std::string without_controls(std::string_view text) {
  std::string safe;
  safe.reserve(text.size());
  while (!text.empty()) {
    const std::optional<Utf8Char> next = first_utf8_char(text);
    if (!next) {
      safe += replacement_character;
      text.remove_prefix(1);
      continue;
    }
    if (blanks.find(text.front()) != std::string_view::npos) {
      safe += ' ';
    } else if (is_control(next->code_point) || reorders_or_breaks(next->code_point)) {
      safe += replacement_character;
    } else {
      safe += text.substr(0, next->size);
    }
    text.remove_prefix(next->size);
  }
  return safe;
}

std::string shortened(std::string_view text, std::size_t limit) {
  if (count_code_points(text) <= limit) {
    return std::string(text);
  }
  std::size_t end = 0;
  for (std::size_t kept = 1; kept < limit; ++kept) {
    end += first_char_or_replacement(text.substr(end)).size;
  }
  return std::string(text.substr(0, end)).append(ellipsis);
}

}  // namespace dgauth
