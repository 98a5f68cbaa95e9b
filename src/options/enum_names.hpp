// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

namespace dgauth::options {

// A value with the name it has on the command line.
template <typename T>
struct EnumName {
  std::string_view name;
  T value;
};

template <typename T, std::size_t size>
constexpr std::array<std::string_view, size> names_of(const std::array<EnumName<T>, size>& table) {
  std::array<std::string_view, size> names;
  std::ranges::transform(table, names.begin(), &EnumName<T>::name);
  return names;
}

template <typename T, std::size_t size>
constexpr std::optional<T> find_named(const std::array<EnumName<T>, size>& table, std::string_view name) {
  const auto found = std::ranges::find(table, name, &EnumName<T>::name);
  return found == table.end() ? std::nullopt : std::optional(found->value);
}

}  // namespace dgauth::options
