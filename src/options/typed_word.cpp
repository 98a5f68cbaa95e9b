// SPDX-License-Identifier: MIT
#include "options/typed_word.hpp"

#include <algorithm>
#include <iterator>
#include <vector>

#include <fmt/format.h>

#include "base/text.hpp"

namespace dgauth::options {
namespace {

constexpr std::size_t longest_repeated_word = 16;

bool may_be_repeated(std::string_view word) {
  return !word.empty() && word.size() <= longest_repeated_word &&
         std::ranges::all_of(word, [](char c) { return (c >= 'a' && c <= 'z') || c == '-'; });
}

}  // namespace

std::string quoted_word(std::string_view word, std::string_view otherwise) {
  return may_be_repeated(word) ? fmt::format("'{}'", word) : std::string(otherwise);
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
