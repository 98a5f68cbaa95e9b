// SPDX-License-Identifier: MIT
#pragma once

#include "host/clock.hpp"
#include "host/console.hpp"
#include "host/environment.hpp"

namespace dgauth::host {

// The world around the program, as values that a test can replace. Files and processes are real in tests too: each
// test has a directory of its own.
struct Host {
  Console& console;
  Environment environment;
  Clock clock;
};

}  // namespace dgauth::host
