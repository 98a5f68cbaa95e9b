// SPDX-License-Identifier: MIT
#include "base/duration.hpp"

#include <limits>

#include "base/whole_number.hpp"

namespace dgauth {
namespace {

std::optional<std::chrono::seconds> unit_named(std::string_view name) {
  if (name.empty() || name == "s") {
    return std::chrono::seconds(1);
  }
  if (name == "m") {
    return std::chrono::minutes(1);
  }
  if (name == "h") {
    return std::chrono::hours(1);
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::chrono::seconds> parse_duration(std::string_view text) {
  const std::string_view digits = text.substr(0, text.find_first_not_of("0123456789"));
  const auto count = parse_whole_number(digits, 1, std::numeric_limits<int>::max());
  const auto unit = unit_named(text.substr(digits.size()));
  if (!count || !unit) {
    return std::nullopt;
  }
  const std::chrono::seconds duration = *unit * *count;
  return duration <= longest_duration ? std::optional(duration) : std::nullopt;
}

}  // namespace dgauth
