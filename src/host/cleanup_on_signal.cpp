// SPDX-License-Identifier: MIT
#include "host/cleanup_on_signal.hpp"

namespace dgauth::host {
namespace {

constexpr std::array signals = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};

CleanupOnSignal::CleanUp clean_up_now = nullptr;

// Async-signal-safe.
void clean_up_and_die(int signal) {
  clean_up_now();
  ::signal(signal, SIG_DFL);
  ::raise(signal);
}

}  // namespace

CleanupOnSignal::CleanupOnSignal(CleanUp clean_up) {
  static_assert(signals.size() == count);
  clean_up_now = clean_up;
  for (std::size_t i = 0; i < count; ++i) {
    struct sigaction action {};
    action.sa_handler = clean_up_and_die;
    ::sigaction(signals[i], &action, &actions_before_[i]);
    if (actions_before_[i].sa_handler == SIG_IGN) {
      ::sigaction(signals[i], &actions_before_[i], nullptr);
    }
  }
}

CleanupOnSignal::~CleanupOnSignal() {
  for (std::size_t i = 0; i < count; ++i) {
    ::sigaction(signals[i], &actions_before_[i], nullptr);
  }
}

BlockSignals::BlockSignals() {
  sigset_t set;
  ::sigemptyset(&set);
  for (const int signal : signals) {
    ::sigaddset(&set, signal);
  }
  ::sigprocmask(SIG_BLOCK, &set, &before_);
}

}  // namespace dgauth::host
