// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include "options/declaration.hpp"

namespace dgauth::options {

// A value with the name it has on the command line; meaning and details are those of a Word.
template <typename T>
struct EnumName {
  std::string_view name;
  T value;
  std::string_view meaning{};
  std::string_view details{};
};

template <typename T, std::size_t size>
constexpr std::array<Word, size> words_of(const std::array<EnumName<T>, size>& table) {
  std::array<Word, size> words;
  std::ranges::transform(table, words.begin(), [](const EnumName<T>& each) {
    return Word{each.name, each.meaning, each.details};
  });
  return words;
}

template <typename T, std::size_t size>
constexpr std::optional<T> find_named(const std::array<EnumName<T>, size>& table, std::string_view name) {
  const auto found = std::ranges::find(table, name, &EnumName<T>::name);
  return found == table.end() ? std::nullopt : std::optional<T>(found->value);
}

}  // namespace dgauth::options
