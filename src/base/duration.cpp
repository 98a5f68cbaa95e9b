// SPDX-License-Identifier: MIT
#include "base/duration.hpp"

#include <charconv>
#include <cstdint>

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
  if (text.empty() || text.front() < '1' || text.front() > '9') {
    return std::nullopt;
  }
  std::int32_t count = 0;
  const char* const end_of_text = text.data() + text.size();
  const auto [end, error] = std::from_chars(text.data(), end_of_text, count);
  const auto unit = unit_named({end, static_cast<std::size_t>(end_of_text - end)});
  if (error != std::errc() || !unit) {
    return std::nullopt;
  }
  const std::chrono::seconds duration = *unit * static_cast<std::int64_t>(count);
  return duration <= longest_duration ? std::optional(duration) : std::nullopt;
}

}  // namespace dgauth
