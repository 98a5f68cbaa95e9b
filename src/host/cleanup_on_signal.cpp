// SPDX-License-Identifier: MIT
#include "host/cleanup_on_signal.hpp"

#include <array>
#include <atomic>
#include <cstddef>

namespace dgauth::host {
namespace {

constexpr std::array signals = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};

using CleanUp = CleanupOnSignal::CleanUp;

struct Duty {
  std::atomic<CleanUp> clean_up = nullptr;
  int owners = 0;
};

constexpr std::size_t most_duties = 4;  // as many functions as there are to be called at once
std::array<Duty, most_duties> duties;
int all_owners = 0;
std::array<struct sigaction, signals.size()> actions_before;

// Async-signal-safe.
void clean_up_and_die(int signal) {
  clean_up_now();
  ::signal(signal, SIG_DFL);
  ::raise(signal);
}

Duty* duty_of(CleanUp clean_up) {
  for (Duty& duty : duties) {
    if (duty.clean_up == clean_up) {
      return &duty;
    }
  }
  return nullptr;
}

}  // namespace

CleanupOnSignal::CleanupOnSignal(CleanUp clean_up) : clean_up_(clean_up) {
  Duty* const known = duty_of(clean_up);
  if (Duty* const duty = known != nullptr ? known : duty_of(nullptr)) {
    duty->clean_up = clean_up;
    ++duty->owners;
  }
  if (++all_owners > 1) {
    return;
  }
  for (std::size_t i = 0; i < signals.size(); ++i) {
    struct sigaction action {};
    action.sa_handler = clean_up_and_die;
    ::sigaction(signals[i], &action, &actions_before[i]);
    if (actions_before[i].sa_handler == SIG_IGN) {
      ::sigaction(signals[i], &actions_before[i], nullptr);
    }
  }
}

CleanupOnSignal::~CleanupOnSignal() {
  if (Duty* const duty = duty_of(clean_up_); duty != nullptr && --duty->owners == 0) {
    duty->clean_up = nullptr;
  }
  if (--all_owners > 0) {
    return;
  }
  for (std::size_t i = 0; i < signals.size(); ++i) {
    ::sigaction(signals[i], &actions_before[i], nullptr);
  }
}

void clean_up_now() {
  for (const Duty& duty : duties) {
    if (const CleanUp clean_up = duty.clean_up) {
      clean_up();
    }
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
