// SPDX-License-Identifier: MIT
#include "host/cleanup_on_signal.hpp"

#include <unistd.h>

#include "host/process.hpp"
#include "support/forked.hpp"
#include "support/printing.hpp"

namespace dgauth::host {
namespace {

constexpr int survived = 7;

void say(std::string_view word) {
  [[maybe_unused]] const ssize_t said = ::write(STDOUT_FILENO, word.data(), word.size());
}

void clean_up() { say("cleaned "); }

support::ForkedEnd run(const std::function<void()>& act) {
  return support::run_forked([&act] {
    prepare_process();  // no core dump of SIGQUIT
    act();
    return survived;
  });
}

}  // namespace

TEST_CASE("host::CleanupOnSignal cleans up, and the process dies of the signal") {
  for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGQUIT}) {
    CAPTURE(signal);
    const support::ForkedEnd end = run([signal] {
      const CleanupOnSignal guard(clean_up);
      ::raise(signal);
    });
    CHECK(end.signal == signal);
    CHECK(end.out == "cleaned ");
  }
}

TEST_CASE("host::CleanupOnSignal leaves an ignored signal ignored") {
  const support::ForkedEnd end = run([] {
    ::signal(SIGHUP, SIG_IGN);
    {
      const CleanupOnSignal guard(clean_up);
      ::raise(SIGHUP);
    }
    ::raise(SIGHUP);
  });
  CHECK(end.exit_status == survived);
  CHECK(end.out == "");
}

TEST_CASE("host::CleanupOnSignal restores the actions at its end") {
  const support::ForkedEnd end = run([] {
    ::signal(SIGTERM, [](int) { say("before "); });
    { const CleanupOnSignal guard(clean_up); }
    ::raise(SIGTERM);
    ::raise(SIGINT);
  });
  CHECK(end.signal == SIGINT);
  CHECK(end.out == "before ");
}

TEST_CASE("host::BlockSignals delays a signal to its end") {
  const support::ForkedEnd end = run([] {
    const CleanupOnSignal guard(clean_up);
    {
      const BlockSignals block_signals;
      ::raise(SIGTERM);
      say("blocked ");
    }
    say("never ");
  });
  CHECK(end.signal == SIGTERM);
  CHECK(end.out == "blocked cleaned ");
}

TEST_CASE("host::BlockSignals knows which signals were blocked before") {
  const support::ForkedEnd end = run([] {
    sigset_t set;
    ::sigemptyset(&set);
    ::sigaddset(&set, SIGHUP);
    ::sigprocmask(SIG_BLOCK, &set, nullptr);
    {
      const BlockSignals block_signals;
      say(::sigismember(&block_signals.before(), SIGHUP) == 1 ? "HUP " : "");
      say(::sigismember(&block_signals.before(), SIGINT) == 1 ? "INT " : "");
    }
    ::raise(SIGHUP);
  });
  CHECK(end.exit_status == survived);
  CHECK(end.out == "HUP ");
}

}  // namespace dgauth::host
