// SPDX-License-Identifier: MIT
#include "support/fake_clock.hpp"

namespace dgauth::support {

void FakeClock::advance(std::chrono::steady_clock::duration time) {
  wall += std::chrono::duration_cast<std::chrono::system_clock::duration>(time);
  steady += time;
}

host::Clock FakeClock::clock() {
  return {.now = [this] { return wall; },
          .steady_now = [this] { return steady; },
          .sleep = [this](std::chrono::steady_clock::duration time) { advance(time); }};
}

}  // namespace dgauth::support
