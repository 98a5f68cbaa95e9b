// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>

#include "host/clock.hpp"
#include "support/made_up.hpp"

namespace dgauth::support {

// A clock that stands still until a test sets or advances it, or somebody sleeps.
class FakeClock {
 public:
  std::chrono::system_clock::time_point wall = noon;
  std::chrono::steady_clock::time_point steady{std::chrono::hours(1)};

  // Moves both times.
  void advance(std::chrono::steady_clock::duration time);

  // Reads this object, which must outlive it.
  host::Clock clock();
};

}  // namespace dgauth::support
