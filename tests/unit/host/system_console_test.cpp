// SPDX-License-Identifier: MIT
#include "host/system_console.hpp"

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <thread>

#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

#include "host/descriptor.hpp"
#include "host/process.hpp"
#include "support/forked.hpp"
#include "support/printing.hpp"

namespace dgauth::host {
namespace {

constexpr std::string_view typed = "fake-secret\n";

// A terminal: what is written to `screen` is typed on `line`.
struct Terminal {
  Descriptor screen{::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC)};
  Descriptor line;

  Terminal() {
    REQUIRE(::grantpt(screen.get()) == 0);
    REQUIRE(::unlockpt(screen.get()) == 0);
    line = Descriptor(::open(::ptsname(screen.get()), O_RDWR | O_NOCTTY | O_CLOEXEC));
    REQUIRE(static_cast<bool>(line));
  }
  bool echoes() const {
    termios settings{};
    REQUIRE(::tcgetattr(line.get(), &settings) == 0);
    return (settings.c_lflag & ECHO) != 0;
  }
  void wait_for_silence() const {
    for (int i = 0; echoes() && i < 5000; ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    REQUIRE_FALSE(echoes());
  }
  bool shows_something() const { return wait_readable(screen.get(), std::chrono::steady_clock::now()); }
};

}  // namespace

TEST_CASE("host::SystemConsole writes to descriptors 1 and 2") {
  const support::ForkedEnd end = support::run_forked([] {
    SystemConsole console;
    const bool is_written = console.write_out("result").has_value() && console.finish().has_value();
    console.write_err("message");
    return is_written ? EXIT_SUCCESS : EXIT_FAILURE;
  });
  CHECK(end.exit_status == EXIT_SUCCESS);
  CHECK(end.out == "result");
  CHECK(end.err == "message");
}

TEST_CASE("host::SystemConsole: output that is lost is an error") {
  const support::ForkedEnd end = support::run_forked([] {
    const Descriptor full(::open("/dev/full", O_WRONLY | O_CLOEXEC));
    ::dup2(full.get(), STDOUT_FILENO);
    SystemConsole console;
    const Result<void> written = console.write_out("result");
    if (!written) {
      console.write_err(written.error().message);
    }
    return !written && written.error().kind == ErrorKind::output ? EXIT_SUCCESS : EXIT_FAILURE;
  });
  CHECK(end.exit_status == EXIT_SUCCESS);
  CHECK(end.err == "cannot write to stdout: no space left on device");
}

TEST_CASE("host::SystemConsole knows which streams are terminals") {
  const Terminal terminal;
  const support::ForkedEnd end = support::run_forked([&terminal] {
    const SystemConsole console;
    ::dup2(terminal.line.get(), STDIN_FILENO);
    const bool only_in = console.in_is_terminal() && !console.out_is_terminal() && !console.err_is_terminal();
    ::dup2(terminal.line.get(), STDOUT_FILENO);
    ::dup2(STDERR_FILENO, STDIN_FILENO);
    const bool only_out = !console.in_is_terminal() && console.out_is_terminal() && !console.err_is_terminal();
    return only_in && only_out ? EXIT_SUCCESS : EXIT_FAILURE;
  });
  CHECK(end.exit_status == EXIT_SUCCESS);
}

TEST_CASE("host::SystemConsole asks for a secret without echo, and restores the terminal, promise 5") {
  const Terminal terminal;
  const support::ForkedEnd end = support::run_forked(
      [&terminal] {
        ::dup2(terminal.line.get(), STDIN_FILENO);
        SystemConsole console;
        const Result<Secret> secret = console.ask_secret("Key: ", "-");
        return secret && console.write_out(*secret) ? EXIT_SUCCESS : EXIT_FAILURE;
      },
      [&terminal] {
        terminal.wait_for_silence();
        CHECK(write_all(terminal.screen.get(), typed));
      });
  CHECK(end.exit_status == EXIT_SUCCESS);
  CHECK(end.out == typed);
  CHECK(end.err == "Key: \n");
  CHECK(terminal.echoes());
  CHECK_FALSE(terminal.shows_something());
}

TEST_CASE("host::SystemConsole: a signal at the prompt restores the terminal, promise 29") {
  const Terminal terminal;
  const support::ForkedEnd end = support::run_forked([&terminal] {
    ::dup2(terminal.line.get(), STDIN_FILENO);
    ::alarm(5);
    std::thread([&terminal, process = ::getpid()] {
      while (terminal.echoes()) {
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
      }
      ::kill(process, SIGTERM);
    }).detach();
    SystemConsole console;
    static_cast<void>(console.ask_secret("Key: ", "-"));
    return EXIT_FAILURE;
  });
  CHECK(end.signal == SIGTERM);
  CHECK(terminal.echoes());
}

TEST_CASE("host::SystemConsole asks for no secret where there is no echo to switch off") {
  const support::ForkedEnd end = support::run_forked([] {
    const Descriptor null(::open("/dev/null", O_RDONLY | O_CLOEXEC));
    ::dup2(null.get(), STDIN_FILENO);
    SystemConsole console;
    const Result<Secret> secret = console.ask_secret("Key: ", "-");
    return !secret && secret.error().kind == ErrorKind::no_credential ? EXIT_SUCCESS : EXIT_FAILURE;
  });
  CHECK(end.exit_status == EXIT_SUCCESS);
  CHECK(end.err == "");
}

}  // namespace dgauth::host
