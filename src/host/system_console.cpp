// SPDX-License-Identifier: MIT
#include "host/system_console.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <optional>

#include <fmt/format.h>
#include <termios.h>
#include <unistd.h>

#include "host/cleanup_on_signal.hpp"
#include "host/descriptor.hpp"
#include "host/system_error.hpp"

namespace dgauth::host {
namespace {

constexpr std::size_t longest_line = 4098;  // one byte more than the longest key and its newline

// What the signal handlers need to know; set while a secret is asked for.
struct {
  termios before;
  termios silent;
  std::string_view prompt;
} asking;

// Async-signal-safe, as the next one. In the background the terminal is the shell's, and touching it would stop us.
void restore_echo() {
  const pid_t front = ::tcgetpgrp(STDIN_FILENO);
  if (front == ::getpgrp() || front < 0) {  // below 0: a terminal that is not ours to lose
    ::tcsetattr(STDIN_FILENO, TCSANOW, &asking.before);
  }
}

// Ctrl-Z: the shell that comes to the front gets a terminal with echo, and after `fg` the question stands again.
void restore_and_stop(int signal) {
  const int errno_before = errno;
  struct sigaction ours {};
  struct sigaction usual {};
  usual.sa_handler = SIG_DFL;
  restore_echo();
  ::sigaction(signal, &usual, &ours);
  ::raise(signal);
  ::sigaction(signal, &ours, nullptr);
  ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &asking.silent);
  write_all(STDERR_FILENO, asking.prompt);
  errno = errno_before;
}

// While it lives, what is typed is not shown.
class EchoOff {
 public:
  explicit EchoOff(std::string_view prompt) {
    if (::tcgetattr(STDIN_FILENO, &asking.before) != 0) {
      return;
    }
    asking.silent = asking.before;
    asking.silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    asking.prompt = prompt;
    restore_echo_on_signal_.emplace(restore_echo);
    struct sigaction action {};
    action.sa_handler = restore_and_stop;
    action.sa_flags = SA_NODEFER;  // it raises the signal once more
    ::sigaction(SIGTSTP, nullptr, &stop_before_);
    if (stop_before_.sa_handler != SIG_IGN) {  // as where a shell has no job control
      ::sigaction(SIGTSTP, &action, nullptr);
    }
    is_on_ = ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &asking.silent) == 0;
  }
  ~EchoOff() {
    if (restore_echo_on_signal_) {
      ::sigaction(SIGTSTP, &stop_before_, nullptr);
      ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &asking.before);
    }
  }
  EchoOff(const EchoOff&) = delete;
  EchoOff& operator=(const EchoOff&) = delete;

  explicit operator bool() const { return is_on_; }

 private:
  std::optional<CleanupOnSignal> restore_echo_on_signal_;
  struct sigaction stop_before_ {};
  bool is_on_ = false;
};

}  // namespace

Result<void> SystemConsole::write_out(std::string_view bytes) {
  if (!write_all(STDOUT_FILENO, bytes)) {
    return fail(ErrorKind::output, fmt::format("cannot write to stdout: {}", system_error_text(errno)));
  }
  return {};
}

void SystemConsole::write_err(std::string_view bytes) { write_all(STDERR_FILENO, bytes); }

Result<void> SystemConsole::finish() {
  // Some file systems report a full disk only here. The descriptor stays taken, so that nothing else becomes stdout.
  Descriptor copy(::dup(STDOUT_FILENO));
  if (copy && !copy.close()) {
    return fail(ErrorKind::output, fmt::format("cannot write to stdout: {}", system_error_text(errno)));
  }
  return {};
}

bool SystemConsole::in_is_terminal() const { return ::isatty(STDIN_FILENO) == 1; }
bool SystemConsole::out_is_terminal() const { return ::isatty(STDOUT_FILENO) == 1; }
bool SystemConsole::err_is_terminal() const { return ::isatty(STDERR_FILENO) == 1; }

Result<Secret> SystemConsole::ask_secret(std::string_view prompt) {
  std::array<char, longest_line> line{};
  ssize_t size = 0;
  {
    const EchoOff echo_off(prompt);
    if (!echo_off) {
      return fail(ErrorKind::no_credential, "cannot switch off the echo of the terminal, so no key is read from it",
                  "pipe the key in, or name a file with --api-key-file");
    }
    write_err(prompt);
    do {
      size = ::read(STDIN_FILENO, line.data(), line.size());
    } while (size < 0 && errno == EINTR);
    write_err("\n");
  }
  if (size < 0) {
    return fail(ErrorKind::no_credential, fmt::format("cannot read stdin: {}", system_error_text(errno)));
  }
  Secret typed({line.data(), static_cast<std::size_t>(size)});
  wipe(line.data(), line.size());
  return typed;
}

}  // namespace dgauth::host
