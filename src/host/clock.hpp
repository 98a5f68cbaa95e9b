// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <functional>

namespace dgauth::host {

// Time, as functions that a test can replace.
struct Clock {
  std::function<std::chrono::system_clock::time_point()> now;         // the time of day, which may be set
  std::function<std::chrono::steady_clock::time_point()> steady_now;  // never goes back: for deadlines and durations
  std::function<void(std::chrono::steady_clock::duration)> sleep;
};

// The machine's.
Clock system_clock();

}  // namespace dgauth::host
