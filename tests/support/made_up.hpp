// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <string>
#include <string_view>

// Names, keys and tokens of no account.
namespace dgauth::support {

inline constexpr std::string_view fake_key = "fake0key0of0no0account0for0unit0tests0ab";

// 2026-03-01T12:00:00Z.
inline constexpr std::chrono::system_clock::time_point noon{std::chrono::seconds(1772366400)};

// A JWT with this payload, whose signature is a word.
std::string jwt_with(std::string_view payload);

// A JWT that expires so long after noon.
std::string jwt_expiring(std::chrono::seconds after_noon);

}  // namespace dgauth::support
