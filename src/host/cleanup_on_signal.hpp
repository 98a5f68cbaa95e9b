// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <csignal>
#include <cstddef>

namespace dgauth::host {

// While it lives, SIGINT, SIGTERM, SIGHUP and SIGQUIT first have `clean_up` called, and then end the process as they do
// by default. One that is ignored, as under nohup, stays ignored. One object at a time.
class DeadlySignals {
 public:
  using CleanUp = void (*)();  // async-signal-safe

  explicit DeadlySignals(CleanUp clean_up);
  ~DeadlySignals();
  DeadlySignals(const DeadlySignals&) = delete;
  DeadlySignals& operator=(const DeadlySignals&) = delete;

 private:
  static constexpr std::size_t count = 4;
  std::array<struct sigaction, count> actions_before_{};
};

// While it lives, the same signals wait.
class DeadlySignalsBlocked {
 public:
  DeadlySignalsBlocked();
  ~DeadlySignalsBlocked() { restore(); }
  DeadlySignalsBlocked(const DeadlySignalsBlocked&) = delete;
  DeadlySignalsBlocked& operator=(const DeadlySignalsBlocked&) = delete;

  // Async-signal-safe: for a child, which inherits that they are blocked.
  void restore() const { ::sigprocmask(SIG_SETMASK, &before_, nullptr); }

 private:
  sigset_t before_{};
};

}  // namespace dgauth::host
