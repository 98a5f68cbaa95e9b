// SPDX-License-Identifier: MIT
#include "host/process.hpp"

#include <csignal>
#include <cstdlib>

#include <sys/resource.h>
#include <unistd.h>

#include "host/run_command.hpp"
#include "support/forked.hpp"
#include "support/printing.hpp"

namespace dgauth::host {

TEST_CASE("host::prepare_process makes it possible to run a command, however the parent left SIGCHLD") {
  const support::ForkedEnd end = support::run_forked([] {
    ::signal(SIGCHLD, SIG_IGN);
    prepare_process();
    const Result<CommandOutput> output = run_command({"echo", "fake-key"}, std::chrono::seconds(2), 100);
    return output && output->out.reveal() == "fake-key\n" ? EXIT_SUCCESS : EXIT_FAILURE;
  });
  CHECK(end.exit_status == EXIT_SUCCESS);
}

TEST_CASE("host::prepare_process makes a closed pipe an error of write") {
  const support::ForkedEnd end = support::run_forked([] {
    prepare_process();
    int ends[2] = {};
    if (::pipe(ends) != 0) {
      return EXIT_FAILURE;
    }
    ::close(ends[0]);
    return ::write(ends[1], "x", 1) < 0 && errno == EPIPE ? EXIT_SUCCESS : EXIT_FAILURE;
  });
  CHECK(end.signal == 0);
  CHECK(end.exit_status == EXIT_SUCCESS);
}

TEST_CASE("host::prepare_process fills closed standard streams, so that no file becomes one, promise 26") {
  const support::ForkedEnd end = support::run_forked([] {
    ::close(STDIN_FILENO);
    ::close(STDOUT_FILENO);
    prepare_process();
    const bool refuses_output = ::write(STDOUT_FILENO, "x", 1) < 0;
    char byte = 0;
    const bool is_at_end = ::read(STDIN_FILENO, &byte, 1) == 0;
    rlimit core{};
    ::getrlimit(RLIMIT_CORE, &core);
    return refuses_output && is_at_end && core.rlim_cur == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
  });
  CHECK(end.exit_status == EXIT_SUCCESS);
}

TEST_CASE("host::prepare_process leaves the hard limit of core dumps to those who come after, promises 26 and 30") {
  const support::ForkedEnd end = support::run_forked([] {
    rlimit before{};
    ::getrlimit(RLIMIT_CORE, &before);
    prepare_process();
    rlimit after{};
    ::getrlimit(RLIMIT_CORE, &after);
    return after.rlim_cur == 0 && after.rlim_max == before.rlim_max ? EXIT_SUCCESS : EXIT_FAILURE;
  });
  CHECK(end.exit_status == EXIT_SUCCESS);
}

TEST_CASE("host::free_descriptors counts what can still be opened") {
  const support::ForkedEnd end = support::run_forked([] {
    const rlimit files{20, 20};
    ::setrlimit(RLIMIT_NOFILE, &files);
    const int before = free_descriptors(100);
    const int opened = ::dup(STDOUT_FILENO);
    const bool is_exact = free_descriptors(100) == before - 1 && free_descriptors(2) == 2;
    while (::dup(STDOUT_FILENO) >= 0) {
    }
    const bool is_none = free_descriptors(100) == 0;
    return opened >= 0 && before > 1 && is_exact && is_none ? EXIT_SUCCESS : EXIT_FAILURE;
  });
  CHECK(end.exit_status == EXIT_SUCCESS);
}

TEST_CASE("host::HiddenVariable hides a variable, and children have it again afterwards") {
  const support::ForkedEnd end = support::run_forked([] {
    constexpr const char* name = "DGAUTH_TEST_VARIABLE";
    const auto seen_by_child = [] {
      return run_command({"printenv", "DGAUTH_TEST_VARIABLE"}, std::chrono::seconds(5), 100).has_value();
    };
    ::unsetenv(name);
    { const HiddenVariable unset(name); }
    const bool stays_unset = ::getenv(name) == nullptr;
    ::setenv(name, "value", 1);
    bool is_hidden = false;
    {
      const HiddenVariable hidden(name);
      is_hidden = ::getenv(name) == nullptr && !seen_by_child();
    }
    return stays_unset && is_hidden && seen_by_child() ? EXIT_SUCCESS : EXIT_FAILURE;
  });
  CHECK(end.exit_status == EXIT_SUCCESS);
}

TEST_CASE("host::allow_many_files raises the limit as far as it may") {
  const support::ForkedEnd end = support::run_forked([] {
    rlimit files{};
    ::getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = 64;
    ::setrlimit(RLIMIT_NOFILE, &files);
    allow_many_files();
    rlimit now{};
    ::getrlimit(RLIMIT_NOFILE, &now);
    return now.rlim_cur == files.rlim_max ? EXIT_SUCCESS : EXIT_FAILURE;
  });
  CHECK(end.exit_status == EXIT_SUCCESS);
}

}  // namespace dgauth::host
