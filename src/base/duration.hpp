// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace dgauth {

// Examples of what parse_duration accepts, for messages.
inline constexpr std::string_view duration_forms = "60, 60s, 5m or 1h";

// The longest duration that is accepted anywhere; a longer one is probably a typing error.
inline constexpr std::chrono::seconds longest_duration = std::chrono::hours(24 * 7);

// A positive whole number without leading zero, alone (seconds) or with `s`, `m` or `h`. nullopt for anything else,
// 0 included, and above longest_duration.
std::optional<std::chrono::seconds> parse_duration(std::string_view text);

}  // namespace dgauth
