// SPDX-License-Identifier: MIT
#include "base/time_words.hpp"

#include <array>
#include <cstdlib>
#include <string_view>

#include <fmt/format.h>

namespace dgauth {
namespace {

struct Unit {
  std::string_view name;
  std::chrono::seconds length;
};

constexpr std::array<Unit, 3> larger_units = {{
    {"d", std::chrono::hours(24)},
    {"h", std::chrono::hours(1)},
    {"min", std::chrono::minutes(1)},
}};

}  // namespace

std::string span_in_words(std::chrono::seconds span) {
  const std::chrono::seconds length = std::chrono::abs(span);
  for (const Unit& unit : larger_units) {
    if (length >= 2 * unit.length) {
      return fmt::format("{} {}", length / unit.length, unit.name);
    }
  }
  return fmt::format("{} s", length.count());
}

}  // namespace dgauth
