// SPDX-License-Identifier: MIT
#include "host/echo_off.hpp"

#include <cerrno>

#include <termios.h>
#include <unistd.h>

#include "host/descriptor.hpp"

namespace dgauth::host {
namespace {

// What the signal handlers need to know; set while an EchoOff lives.
struct {
  int descriptor;
  termios before;
  termios silent;
  std::string_view prompt;
} asking;

// Async-signal-safe, as the next one. In the background the terminal is the shell's, and changing it would stop us.
void restore_echo() {
  const pid_t foreground = ::tcgetpgrp(asking.descriptor);
  if (foreground == ::getpgrp() || foreground < 0) {  // below 0: not our controlling terminal, so nobody stops us
    ::tcsetattr(asking.descriptor, TCSANOW, &asking.before);
  }
}

// Ctrl-Z: gives the shell a terminal with echo, stops, and asks again after `fg`.
void restore_and_stop(int signal) {
  const int errno_before = errno;
  struct sigaction ours {};
  struct sigaction usual {};
  usual.sa_handler = SIG_DFL;
  restore_echo();
  ::sigaction(signal, &usual, &ours);
  ::raise(signal);
  ::sigaction(signal, &ours, nullptr);
  ::tcsetattr(asking.descriptor, TCSAFLUSH, &asking.silent);
  write_all(STDERR_FILENO, asking.prompt);
  errno = errno_before;
}

}  // namespace

EchoOff::EchoOff(int terminal, std::string_view prompt) {
  asking.descriptor = terminal;
  if (::tcgetattr(asking.descriptor, &asking.before) != 0) {
    return;
  }
  asking.silent = asking.before;
  asking.silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
  asking.prompt = prompt;
  restore_echo_on_signal_.emplace(restore_echo);
  struct sigaction action {};
  action.sa_handler = restore_and_stop;
  action.sa_flags = SA_NODEFER;  // the handler raises the signal again
  ::sigaction(SIGTSTP, nullptr, &stop_before_);
  if (stop_before_.sa_handler != SIG_IGN) {  // ignored where a shell has no job control
    ::sigaction(SIGTSTP, &action, nullptr);
  }
  is_on_ = ::tcsetattr(asking.descriptor, TCSAFLUSH, &asking.silent) == 0;
}

EchoOff::~EchoOff() {
  if (restore_echo_on_signal_) {
    ::sigaction(SIGTSTP, &stop_before_, nullptr);
    ::tcsetattr(asking.descriptor, TCSAFLUSH, &asking.before);
  }
}

}  // namespace dgauth::host
