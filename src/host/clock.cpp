// SPDX-License-Identifier: MIT
#include "host/clock.hpp"

#include <thread>

namespace dgauth::host {

Clock system_clock() {
  return {.now = std::chrono::system_clock::now,
          .steady_now = std::chrono::steady_clock::now,
          .sleep = [](std::chrono::steady_clock::duration time) { std::this_thread::sleep_for(time); }};
}

}  // namespace dgauth::host
