// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <csignal>
#include <cstddef>

namespace dgauth::host {

// While it lives, SIGINT, SIGTERM, SIGHUP and SIGQUIT first have `clean_up` called, and then end the process as they do
// by default. One that is ignored, as under nohup, stays ignored. One object at a time.
class CleanupOnSignal {
 public:
  using CleanUp = void (*)();  // async-signal-safe

  explicit CleanupOnSignal(CleanUp clean_up);
  ~CleanupOnSignal();
  CleanupOnSignal(const CleanupOnSignal&) = delete;
  CleanupOnSignal& operator=(const CleanupOnSignal&) = delete;

 private:
  static constexpr std::size_t count = 4;
  std::array<struct sigaction, count> actions_before_{};
};

// While it lives, the same signals wait.
class BlockSignals {
 public:
  BlockSignals();
  ~BlockSignals() { restore(); }
  BlockSignals(const BlockSignals&) = delete;
  BlockSignals& operator=(const BlockSignals&) = delete;

  // Async-signal-safe: for a child, which inherits that they are blocked.
  void restore() const { ::sigprocmask(SIG_SETMASK, &before_, nullptr); }

 private:
  sigset_t before_{};
};

}  // namespace dgauth::host
