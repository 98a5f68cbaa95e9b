// SPDX-License-Identifier: MIT
#include "cli/coloured_console.hpp"

#include "cli/run.hpp"
#include "support/fake_client.hpp"
#include "support/printing.hpp"
#include "support/test_host.hpp"

namespace dgauth::cli {

TEST_CASE("cli::ColouredConsole colours what begins a message, and nothing else") {
  struct Row {
    std::string_view written;
    std::string_view shown;
  };
  const Row rows[] = {
      {"dgauth: error: a\ndgauth: hint: b\n", "dgauth: \x1B[1;31merror:\x1B[0m a\ndgauth: \x1B[36mhint:\x1B[0m b\n"},
      {"dgauth: warning: error: a\n", "dgauth: \x1B[33mwarning:\x1B[0m error: a\n"},
      {"dgauth: trace: a\n", "dgauth: trace: a\n"},
      {"::add-mask::x\ndgauth: error: a\n", "::add-mask::x\ndgauth: error: a\n"},
      {"dgauth: error: no newline", "dgauth: \x1B[1;31merror:\x1B[0m no newline"},
      {"", ""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.written);
    support::FakeConsole plain;
    ColouredConsole(plain).write_err(row.written);
    CHECK(plain.err == row.shown);
  }
}

TEST_CASE("cli::run shows messages in colour on a terminal, unless that is not wanted") {
  struct Row {
    bool is_terminal;
    host::Environment::Variables variables;
    std::vector<std::string> words;
    bool has_colour;
  };
  const Row rows[] = {
      {true, {{"TERM", "xterm"}}, {"grnat"}, true},
      {true, {{"NO_COLOR", ""}, {"TERM", "xterm"}}, {"grant"}, true},
      {true, {}, {"grnat"}, false},
      {true, {{"TERM", "xterm"}}, {"cache", "--", "--no-color"}, true},
      {false, {{"TERM", "xterm"}}, {"grnat"}, false},
      {true, {{"NO_COLOR", "1"}, {"TERM", "xterm"}}, {"grnat"}, false},
      {true, {{"TERM", "dumb"}}, {"grnat"}, false},
      {true, {{"TERM", "xterm"}}, {"grant", "--no-color"}, false},
  };
  for (const Row& row : rows) {
    CAPTURE(row.words);
    support::TestHost world;
    world.variables = row.variables;
    world.console.err_is_a_terminal = row.is_terminal;
    support::FakeClient client;
    CHECK(run(row.words, world.host(), client.factory()) != ExitStatus::ok);
    CHECK(world.console.err.starts_with(row.has_colour ? "dgauth: \x1B[1;31merror:\x1B[0m " : "dgauth: error: "));
    CHECK((world.console.err.find('\x1B') != std::string::npos) == row.has_colour);
  }
}

}  // namespace dgauth::cli
