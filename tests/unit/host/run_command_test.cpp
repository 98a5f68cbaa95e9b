// SPDX-License-Identifier: MIT
#include "host/run_command.hpp"

#include <algorithm>
#include <charconv>
#include <csignal>
#include <cstdint>
#include <thread>

#include <fcntl.h>

#include "host/descriptor.hpp"
#include "host/process.hpp"
#include "host/system_console.hpp"
#include "support/forked.hpp"
#include "support/printing.hpp"
#include "support/process_state.hpp"
#include "support/temporary_folder.hpp"

// promise 8: a command runs without a shell, stdin from /dev/null, is read until it exits, with a time limit that also
// ends its children.
namespace dgauth::host {
namespace {

using namespace std::chrono_literals;
using std::chrono::steady_clock;
using support::TemporaryFolder;

constexpr std::size_t limit = 4096;

std::vector<std::string> shell(const std::string& script) { return {"/bin/sh", "-c", script}; }

// The process whose number stands in that file.
pid_t process_in(const std::string& file) {
  const std::string text = support::content_of(file);
  pid_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  REQUIRE(number > 1);
  return number;
}

// Whether it is still there after a moment; it is not afterwards.
bool lives_on(pid_t process) {
  for (int i = 0; i < 50; ++i) {
    const std::string state = support::content_of("/proc/" + std::to_string(process) + "/stat");
    if (::kill(process, 0) != 0 || state.find(") Z ") != std::string::npos) {
      return false;
    }
    std::this_thread::sleep_for(20ms);
  }
  ::kill(process, SIGKILL);
  return true;
}

}  // namespace

TEST_CASE("host::run_command collects stdout") {
  struct Row {
    std::string_view script, out;
  };
  constexpr Row rows[] = {
      {"echo fake-key", "fake-key\n"},
      {"printf fake-key", "fake-key"},
      {"true", ""},
      {"printf 'a\\000b'", std::string_view("a\0b", 3)},
      {"printf one; sleep 0.05; printf two", "onetwo"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.script);
    const Result<CommandOutput> output = run_command(shell(std::string(row.script)), 10s, limit);
    REQUIRE(output.has_value());
    CHECK(output->out.reveal() == row.out);
    CHECK(output->is_whole);
  }
}

TEST_CASE("host::run_command runs without a shell, promise 8") {
  const TemporaryFolder directory;
  const std::string made = directory.at("made");
  const Result<CommandOutput> output =
      run_command({"printf", "%s|", "$HOME; touch " + made, "*", "a b", ""}, 10s, limit);
  REQUIRE(output.has_value());
  CHECK(output->out.reveal() == "$HOME; touch " + made + "|*|a b||");
  CHECK(directory.size() == 0);
}

TEST_CASE("host::run_command has no shell run what is not a program, promise 8") {
  const TemporaryFolder directory;
  const std::string script = directory.file("script", "echo fake-key\n", 0700);  // without a first line #!/bin/sh
  const Result<CommandOutput> output = run_command({script}, 10s, limit);
  REQUIRE_FALSE(output.has_value());
  CHECK(output.error().message == "cannot run " + script + ": exec format error");
}

TEST_CASE("host::run_command starts the command with no signal blocked or ignored, promise 8") {
  const support::ForkedEnd end = support::run_forked([] {
    prepare_process();
    const Result<CommandOutput> output = run_command({"cat", "/proc/self/status"}, 10s, limit);
    return output && SystemConsole().write_out(output->out) ? 0 : 1;
  });
  CHECK(end.exit_status == 0);
  for (const std::string_view field : {"SigBlk:\t", "SigIgn:\t"}) {
    CAPTURE(field);
    const std::size_t begin = end.out.find(field);
    REQUIRE(begin != std::string::npos);
    std::uint64_t signals = 0;
    std::from_chars(end.out.data() + begin + field.size(), end.out.data() + end.out.size(), signals, 16);
    CHECK((signals & 0x7FFFFFFF) == 0);  // 32 and 33 are libc's own
  }
}

TEST_CASE("host::run_command gives stdin from /dev/null, promise 8") {
  const TemporaryFolder directory;
  const support::Stdin stdin_is(directory.file("stdin", "not for the command"));
  const Result<CommandOutput> output = run_command({"cat"}, 10s, limit);
  REQUIRE(output.has_value());
  CHECK(output->out.empty());
}

TEST_CASE("host::run_command fails as its command does") {
  struct Row {
    std::vector<std::string> argv;
    std::string_view what;
  };
  const Row rows[] = {
      {shell("exit 1"), "a status"},
      {shell("echo fake-output; exit 3"), "a status after output"},
      {shell("kill -9 $$"), "a signal"},
      {{"/nowhere/fake-program"}, "no such program"},
      {{"dgauth-no-such-program"}, "not in the path"},
      {{"/etc/passwd"}, "not executable"},
      {{"/"}, "a folder"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.what);
    const Result<CommandOutput> output = run_command(row.argv, 10s, limit);
    REQUIRE_FALSE(output.has_value());
    CHECK(output.error().kind == ErrorKind::config);
    CHECK(output.error().message.find(row.argv[0]) != std::string::npos);
    CHECK(output.error().message.find("fake-output") == std::string::npos);
    CHECK(output.error().message.find("exit ") == std::string::npos);  // nothing of the other words
    CHECK(output.error().message.find('\n') == std::string::npos);
  }
}

TEST_CASE("host::run_command ends the command and its children after its timeout, promise 8") {
  const TemporaryFolder directory;
  const auto begin = steady_clock::now();
  const Result<CommandOutput> output =
      run_command(shell("sleep 60 & echo $! > " + directory.at("child") + "; (sleep 60 & echo $! > " +
                        directory.at("grandchild") + "; wait) & wait"),
                  1s, limit);
  CHECK(steady_clock::now() - begin >= 1s);
  CHECK(steady_clock::now() - begin < 4s);
  REQUIRE_FALSE(output.has_value());
  CHECK(output.error().kind == ErrorKind::config);
  CHECK_FALSE(lives_on(process_in(directory.at("child"))));
  CHECK_FALSE(lives_on(process_in(directory.at("grandchild"))));
}

TEST_CASE("host::run_command is not kept waiting by a child that holds the output open, promise 8") {
  const TemporaryFolder directory;
  const auto begin = steady_clock::now();
  const Result<CommandOutput> output =
      run_command(shell("sleep 60 & echo $! > " + directory.at("child") + "; echo fake-key"), 10s, limit);
  CHECK(steady_clock::now() - begin < 3s);
  REQUIRE(output.has_value());
  CHECK(output->out.reveal() == "fake-key\n");
  ::kill(process_in(directory.at("child")), SIGKILL);
}

TEST_CASE("host::run_command reads no more than the limit, and ends the command that prints more") {
  const TemporaryFolder directory;
  struct Row {
    std::string_view script;
    std::size_t size;
    bool is_whole;
  };
  constexpr Row rows[] = {
      {"head -c 4096 /dev/zero", 4096, true},
      {"head -c 4097 /dev/zero", 4096, false},
      {"head -c 10000000 /dev/zero", 4096, false},
      {"exec cat /dev/zero", 4096, false},
  };
  for (const Row& row : rows) {
    CAPTURE(row.script);
    const auto begin = steady_clock::now();
    const Result<CommandOutput> output = run_command(shell(std::string(row.script)), 10s, limit);
    CHECK(steady_clock::now() - begin < 5s);
    REQUIRE(output.has_value());
    CHECK(output->out.reveal().size() == row.size);
    CHECK(output->is_whole == row.is_whole);
  }
  const std::string number = directory.at("number");
  REQUIRE(run_command(shell("echo $$ > " + number + "; exec cat /dev/zero"), 10s, limit).has_value());
  CHECK_FALSE(lives_on(process_in(number)));
}

TEST_CASE("host::run_command gives the command the three standard streams and no other descriptor") {
  const Descriptor careless(::dup(STDERR_FILENO));
  const Result<CommandOutput> output = run_command({"ls", "/proc/self/fd"}, 10s, limit);
  REQUIRE(output.has_value());
  CHECK(output->out.reveal() == "0\n1\n2\n3\n");  // 3 is the directory that ls reads
}

TEST_CASE("host::run_command takes no program from the current directory, promise 7") {
  const TemporaryFolder directory;
  directory.file("fake-getkey", "#!/bin/sh\necho from-here\n", 0755);
  const TemporaryFolder elsewhere;
  elsewhere.file("fake-getkey", "#!/bin/sh\necho from-path\n", 0755);
  const support::WorkingFolder working(directory.path());
  struct Row {
    std::string path;
    bool is_found;
  };
  for (const Row& row : {Row{"", false}, Row{":", false}, Row{".:", false}, Row{".", false}, Row{"./", false},
                         Row{":.:" + elsewhere.path(), true}, Row{"/nowhere:" + elsewhere.path() + ":", true}}) {
    CAPTURE(row.path);
    const support::ForkedEnd end = support::run_forked([&row] {
      ::setenv("PATH", row.path.c_str(), 1);
      const Result<CommandOutput> output = run_command({"fake-getkey"}, 10s, limit);
      return output ? (output->out.reveal() == "from-path\n" ? 1 : 2) : 0;
    });
    CHECK(end.exit_status == (row.is_found ? 1 : 0));
  }
}

TEST_CASE("host::run_command leaves the handling of signals as it was") {
  struct sigaction before {};
  struct sigaction after {};
  ::sigaction(SIGINT, nullptr, &before);
  static_cast<void>(run_command(shell("true"), 10s, limit));
  ::sigaction(SIGINT, nullptr, &after);
  const bool is_same = before.sa_handler == after.sa_handler;
  CHECK(is_same);
}

}  // namespace dgauth::host
