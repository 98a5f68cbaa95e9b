// SPDX-License-Identifier: MIT
#pragma once

#include <csignal>

namespace dgauth::host {

// For its lifetime, SIGINT, SIGTERM, SIGHUP and SIGQUIT call `clean_up` and then end the process as they do by default.
// A signal that is ignored, as under nohup, stays ignored. Of several objects each function is called once; there are
// at most four different ones at a time.
class CleanupOnSignal {
 public:
  using CleanUp = void (*)();  // async-signal-safe

  explicit CleanupOnSignal(CleanUp clean_up);
  ~CleanupOnSignal();
  CleanupOnSignal(const CleanupOnSignal&) = delete;
  CleanupOnSignal& operator=(const CleanupOnSignal&) = delete;

 private:
  CleanUp clean_up_;
};

// Calls what the objects that live now would call. Async-signal-safe: for the end of a process that runs no
// destructors.
void clean_up_now();

// Blocks the same signals for its lifetime.
class BlockSignals {
 public:
  BlockSignals();
  ~BlockSignals() { ::sigprocmask(SIG_SETMASK, &before_, nullptr); }
  BlockSignals(const BlockSignals&) = delete;
  BlockSignals& operator=(const BlockSignals&) = delete;

  // The signals that were blocked before: the mask for a new child.
  const sigset_t& before() const { return before_; }

 private:
  sigset_t before_{};
};

}  // namespace dgauth::host
