// SPDX-License-Identifier: MIT
#include "transcription/progress.hpp"

#include <array>
#include <string_view>

#include "support/printing.hpp"

#include "support/test_host.hpp"

namespace dgauth::transcription {

using namespace std::chrono_literals;

TEST_CASE("progress_line says how far a run is") {
  struct Row {
    ProgressState state;
    std::string_view expected;
  };
  const std::array rows = {
      Row{{.total = 1, .sent = 0, .size = 4'000'000, .elapsed = 0s},
          "sending [                              ] 0.0 of 4.0 MB, 0 %"},
      Row{{.total = 1, .sent = 1'000'000, .size = 4'000'000, .elapsed = 0s},
          "sending [=======                       ] 1.0 of 4.0 MB, 25 %"},
      Row{{.total = 1, .sent = 4'000'000, .size = 4'000'000, .elapsed = 12s}, "| waiting for the transcript, 12 s"},
      Row{{.total = 1, .sent = 0, .size = {}, .elapsed = 100ms}, "/ waiting for the transcript, 0 s"},
      Row{{.total = 1, .sent = 2'500'000, .size = {}, .elapsed = 200ms}, "- 2.5 MB sent, 0 s"},
      Row{{.total = 500, .done = 20, .failed = 3, .elapsed = 65'300ms}, "/ 20 done, 3 failed, 477 left, 1:05 min"},
  };
  for (const Row& row : rows) {
    CHECK(progress_line(row.state) == row.expected);
  }
}

TEST_CASE("Progress shows nothing where stderr is no terminal, or it is not wanted") {
  for (const bool is_terminal : {false, true}) {
    support::FakeConsole console;
    console.err_is_a_terminal = is_terminal;
    Progress progress(console, !is_terminal, 1, [] { return std::chrono::steady_clock::time_point(); });
    progress.tick();
    progress.clear();
    CHECK(console.err.empty());
  }
}

TEST_CASE("Progress counts inputs, and draws over its line a few times a second") {
  support::FakeConsole console;
  console.err_is_a_terminal = true;
  std::chrono::steady_clock::time_point now{};
  {
    Progress progress(console, true, 3, [&now] { return now; });
    CHECK(progress.is_on());
    progress.tick();
    now += 299ms;
    progress.tick();
    CHECK(console.err.empty());
    now += 1ms;
    progress.tick();
    CHECK(console.err == "\r\\ 0 done, 0 failed, 3 left, 0 s");
    console.err.clear();
    progress.count(true);
    progress.count(false);
    now += 99ms;
    progress.tick();
    CHECK(console.err.empty());
    now += 1ms;
    progress.tick();
    CHECK(console.err == "\r| 1 done, 1 failed, 1 left, 0 s");
    console.err.clear();
  }
  CHECK(console.err == "\r" + std::string(31, ' ') + "\r");
}

TEST_CASE("Progress that was stopped draws no more") {
  support::FakeConsole console;
  console.err_is_a_terminal = true;
  std::chrono::steady_clock::time_point now{};
  Progress progress(console, true, 1, [&now] { return now; });
  now += 1s;
  progress.tick();
  progress.stop();
  CHECK_FALSE(progress.is_on());
  console.err.clear();
  now += 1s;
  progress.tick();
  progress.clear();
  CHECK(console.err.empty());
}

}  // namespace dgauth::transcription
