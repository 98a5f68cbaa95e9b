// SPDX-License-Identifier: MIT
#include "base/short_word.hpp"

#include <algorithm>

namespace dgauth {

bool is_short_word(std::string_view word, std::string_view also) {
  constexpr std::size_t longest = 16;
  return !word.empty() && word.size() <= longest && std::ranges::all_of(word, [also](char c) {
    return (c >= 'a' && c <= 'z') || also.find(c) != std::string_view::npos;
  });
}

}  // namespace dgauth
