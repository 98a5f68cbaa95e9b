// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <string>

namespace dgauth {

// `time` in UTC, to the second: 2026-03-01T12:00:00Z.
std::string rfc3339(std::chrono::system_clock::time_point time);

}  // namespace dgauth
