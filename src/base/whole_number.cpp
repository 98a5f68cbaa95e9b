// SPDX-License-Identifier: MIT
#include "base/whole_number.hpp"

#include <charconv>

namespace dgauth {

std::optional<int> parse_whole_number(std::string_view text, int least, int most) {
  int number = 0;
  const char* const end_of_text = text.data() + text.size();
  const auto [end, error] = std::from_chars(text.data(), end_of_text, number);
  const bool has_leading_zero = text.size() > 1 && text.front() == '0';
  if (error != std::errc() || end != end_of_text || text.front() == '-' || has_leading_zero) {
    return std::nullopt;
  }
  return number >= least && number <= most ? std::optional(number) : std::nullopt;
}

}  // namespace dgauth
