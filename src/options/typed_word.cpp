// SPDX-License-Identifier: MIT
#include "options/typed_word.hpp"

#include <algorithm>
#include <iterator>
#include <vector>

#include <fmt/format.h>

#include "base/short_word.hpp"
#include "base/text.hpp"

namespace dgauth::options {

std::string quoted_word(std::string_view word, std::string_view otherwise) {
  return is_short_word(word, "-") ? fmt::format("'{}'", word) : std::string(otherwise);
}

std::string suggestion(std::string_view word, std::span<const std::string_view> names) {
  std::string usual = lower_case(word);
  std::ranges::replace(usual, '_', '-');
  const auto meant = nearest(usual, names);
  return meant ? fmt::format("did you mean {}?", *meant) : "";
}

std::string suggestion(std::string_view word, std::span<const Word> words) {
  std::vector<std::string_view> names;
  std::ranges::transform(words, std::back_inserter(names), &Word::name);
  return suggestion(word, names);
}

}  // namespace dgauth::options
