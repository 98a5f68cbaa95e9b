// SPDX-License-Identifier: MIT
#include "host/messages.hpp"

#include <algorithm>

#include "support/printing.hpp"
#include "support/test_host.hpp"

namespace dgauth::host {

TEST_CASE("host::Messages: warnings unless quiet, a trace if verbose, one line each on stderr") {
  struct Row {
    bool is_quiet, is_verbose;
    std::string_view err;
  };
  constexpr Row rows[] = {
      {false, false, "dgauth: warning: w\n"},
      {true, false, ""},
      {false, true, "dgauth: warning: w\ndgauth: trace: t\n"},
      {true, true, "dgauth: trace: t\n"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.is_quiet);
    CAPTURE(row.is_verbose);
    support::FakeConsole console;
    const Messages messages(console, row.is_quiet, row.is_verbose);
    messages.warn("w");
    messages.trace("t");
    CHECK(console.err == row.err);
    CHECK(console.out == "");
    CHECK(messages.is_verbose() == row.is_verbose);
  }
}

TEST_CASE("host::Messages: one line each, whatever is in the text") {
  support::FakeConsole console;
  const Messages messages(console, false, true);
  messages.warn("a path with a\nline end and \x1B[31m");
  messages.trace("b\r\n::add-mask::x");
  CHECK(std::ranges::count(console.err, '\n') == 2);
  CHECK(console.err.find('\r') == std::string::npos);
  CHECK(console.err.find('\x1B') == std::string::npos);
}

}  // namespace dgauth::host
