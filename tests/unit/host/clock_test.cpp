// SPDX-License-Identifier: MIT
#include "host/clock.hpp"

#include <doctest/doctest.h>

#include "support/fake_clock.hpp"

namespace dgauth::host {

using namespace std::chrono_literals;

TEST_CASE("host::system_clock tells the machine's time, and sleeps") {
  const Clock clock = system_clock();
  const auto wall_before = std::chrono::system_clock::now();
  const auto steady_before = std::chrono::steady_clock::now();
  clock.sleep(20ms);
  CHECK((clock.steady_now() - steady_before >= 20ms));
  CHECK((clock.now() >= wall_before));
  CHECK((clock.now() - wall_before < 1h));
}

TEST_CASE("support::FakeClock stands still, and a sleep advances both times at once") {
  support::FakeClock time;
  const Clock clock = time.clock();
  CHECK((clock.now() == support::noon));
  const auto begin = clock.steady_now();
  CHECK((clock.steady_now() == begin));
  clock.sleep(24h);
  CHECK((clock.steady_now() - begin == 24h));
  CHECK((clock.now() == support::noon + 24h));
  time.wall = support::noon - 1h;  // somebody sets the clock
  CHECK((clock.now() == support::noon - 1h));
  CHECK((clock.steady_now() - begin == 24h));
}

}  // namespace dgauth::host
