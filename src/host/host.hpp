// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <functional>

#include "host/console.hpp"
#include "host/environment.hpp"

namespace dgauth::host {

using Clock = std::function<std::chrono::system_clock::time_point()>;

// The world around the program, as values that a test can replace. Files and processes are real in tests too, in a
// directory of the test's own.
struct Host {
  Console& console;
  Environment environment;
  Clock now;
};

}  // namespace dgauth::host
