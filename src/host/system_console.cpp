// SPDX-License-Identifier: MIT
#include "host/system_console.hpp"

#include <array>
#include <cerrno>
#include <csignal>

#include <fmt/format.h>
#include <termios.h>
#include <unistd.h>

#include "host/descriptor.hpp"
#include "host/system_error.hpp"

namespace dgauth::host {
namespace {

constexpr std::size_t longest_line = 4098;  // one byte more than the longest key and its line end

termios terminal_before;

// Async-signal-safe: gives the terminal its echo back, then lets the signal do what it does by default.
void restore_and_die(int signal) {
  ::tcsetattr(STDIN_FILENO, TCSANOW, &terminal_before);
  ::signal(signal, SIG_DFL);
  ::raise(signal);
}

// While it lives, what is typed is not shown.
class EchoOff {
 public:
  EchoOff() {
    if (::tcgetattr(STDIN_FILENO, &terminal_before) != 0) {
      return;
    }
    for (std::size_t i = 0; i < signals.size(); ++i) {
      struct sigaction action {};
      action.sa_handler = restore_and_die;
      ::sigaction(signals[i], &action, &actions_before_[i]);
      if (actions_before_[i].sa_handler == SIG_IGN) {  // under nohup, say
        ::sigaction(signals[i], &actions_before_[i], nullptr);
      }
    }
    termios silent = terminal_before;
    silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    is_on_ = ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent) == 0;
  }
  ~EchoOff() {
    if (!is_on_) {
      return;
    }
    ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &terminal_before);
    for (std::size_t i = 0; i < signals.size(); ++i) {
      ::sigaction(signals[i], &actions_before_[i], nullptr);
    }
  }
  EchoOff(const EchoOff&) = delete;
  EchoOff& operator=(const EchoOff&) = delete;

  explicit operator bool() const { return is_on_; }

 private:
  static constexpr std::array<int, 4> signals = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};
  std::array<struct sigaction, signals.size()> actions_before_{};
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
    const EchoOff echo_off;
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
