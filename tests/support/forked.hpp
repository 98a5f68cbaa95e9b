// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <string>

namespace dgauth::support {

struct ForkedEnd {
  int exit_status = -1;  // what `act` returned; -1: a signal ended the child
  int signal = 0;        // that signal
  std::string out;       // what the child wrote to descriptor 1
  std::string err;       // and to descriptor 2; little of both: nobody reads before the child has ended
};

// Runs `act` in a forked child with pipes as stdout and stderr, and the default action for all signals.
// `act` must not use doctest. `meanwhile` runs here before the child is waited for.
ForkedEnd run_forked(
    const std::function<int()>& act, const std::function<void()>& meanwhile = [] {});

}  // namespace dgauth::support
