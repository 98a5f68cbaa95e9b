// SPDX-License-Identifier: MIT
#include "transcription/result_writer.hpp"

#include <array>
#include <string_view>

#include "support/printing.hpp"

#include "support/temporary_folder.hpp"
#include "support/test_host.hpp"

namespace dgauth::transcription {
namespace {

using support::FakeConsole;

Outcome success(std::string text) { return {.text = std::move(text), .http_status = 200}; }
Outcome failure() { return {.text = fail(ErrorKind::payment, "no credit"), .http_status = 402}; }

ResultPlan json_to_stdout(FakeConsole& console, const std::vector<std::string>& inputs) {
  return {.console = console,
          .inputs = inputs,
          .format = TranscriptFormat::json,
          .is_streamed = true,
          .output_dir = {},
          .resume = false};
}

}  // namespace

TEST_CASE("result_file_name is the last part of the path and a digest of the whole input") {
  struct Row {
    std::string_view input;
    std::string_view expected;
  };
  constexpr std::array rows = {
      Row{"talk.wav", "talk.wav-"},
      Row{"/tmp/a b.wav", "a b.wav-"},
      Row{"https://media.example/x/talk.wav?sig=1#f", "talk.wav-"},
      Row{"https://media.example", "input-"},
      Row{"https://media.example/", "input-"},
      Row{"-", "stdin-"},
      Row{"/a/..", "_.-"},
      Row{"-rf", "_rf-"},
      Row{".hidden", "_hidden-"},
      Row{"a\nb\x1b", "a b\xEF\xBF\xBD-"},
  };
  for (const Row& row : rows) {
    CAPTURE(std::string(row.input));
    const std::string name = result_file_name(row.input, TranscriptFormat::text);
    const std::size_t stem = row.expected.rfind('-') + 1;
    CHECK(name.substr(0, stem) == row.expected.substr(0, stem));
    CHECK(name.size() == stem + 12);
    CHECK(name.ends_with(".txt"));
  }
  CHECK(result_file_name("a", TranscriptFormat::vtt) == "a-ca978112.vtt");
  CHECK(result_file_name(std::string(1000, 'x'), TranscriptFormat::json).size() < 255);
}

TEST_CASE("several texts come in the order of their inputs, failures left out") {
  FakeConsole console;
  const std::vector<std::string> inputs = {"a", "b", "c"};
  const ResultPlan plan{.console = console,
                        .inputs = inputs,
                        .format = TranscriptFormat::text,
                        .is_streamed = false,
                        .output_dir = {},
                        .resume = false};
  const auto place = make_result_writer(plan);
  REQUIRE(place.has_value());
  REQUIRE((*place)->put(2, success("third\n")).has_value());
  CHECK(console.out.empty());
  REQUIRE((*place)->put(0, failure()).has_value());
  REQUIRE((*place)->put(1, success("second\n")).has_value());
  CHECK(console.out == "==> b <==\nsecond\n\n==> c <==\nthird\n");
  CHECK_FALSE((*place)->tells_failures());
}

TEST_CASE("what cannot be written to stdout is an error") {
  FakeConsole console;
  console.refuses_out = true;
  const std::vector<std::string> inputs = {"a"};
  const ResultPlan plan = json_to_stdout(console, inputs);
  const auto place = make_result_writer(plan);
  REQUIRE(place.has_value());
  const Result<void> written = (*place)->sink_for(0).write("x");
  REQUIRE_FALSE(written.has_value());
  CHECK(written.error().kind == ErrorKind::output);
}

TEST_CASE("a sink wants successes that may be JSON") {
  FakeConsole console;
  const std::vector<std::string> inputs = {"a"};
  const ResultPlan plan = json_to_stdout(console, inputs);
  const auto place = make_result_writer(plan);
  REQUIRE(place.has_value());
  const http::Sink sink = (*place)->sink_for(0);
  http::Response head;
  head.status = 200;
  CHECK(sink.wants(head, "{"));
  CHECK(sink.wants(head, " \r\n{\"a\":1}"));
  for (const std::string_view first : {"", " ", "<html>{", "[", "hello", "\xEF\xBB\xBF{"}) {
    CAPTURE(first);
    CHECK_FALSE(sink.wants(head, first));
  }
  head.status = 402;
  CHECK_FALSE(sink.wants(head, "{"));
}

TEST_CASE("a sink knows a whole answer by its end") {
  struct Row {
    std::vector<std::string_view> pieces;
    bool is_whole;
  };
  const std::array rows = {Row{{"{}"}, true}, Row{{"{\"a\":", "1}"}, true}, Row{{"{}", "\r\n", " "}, true},
                           Row{{"{\"a\":"}, false}, Row{{"{}", "x"}, false}};
  for (const Row& row : rows) {
    FakeConsole console;
    const std::vector<std::string> inputs = {"a"};
    const ResultPlan plan = json_to_stdout(console, inputs);
    const auto place = make_result_writer(plan);
    REQUIRE(place.has_value());
    const http::Sink sink = (*place)->sink_for(0);
    for (const std::string_view piece : row.pieces) {
      REQUIRE(sink.write(piece).has_value());
    }
    const Result<void> end = sink.end();
    CHECK(end.has_value() == row.is_whole);
    CHECK((row.is_whole || end.error().kind == ErrorKind::service));
  }
}

TEST_CASE("inputs that would have the same file are refused") {
  // The same last part, and digests that begin alike: found by counting up.
  const std::vector<std::string> inputs = {"d115086/a.wav", "d163674/a.wav"};
  REQUIRE(result_file_name(inputs[0], TranscriptFormat::text) == result_file_name(inputs[1], TranscriptFormat::text));
  const Result<void> distinct = check_result_names(inputs, TranscriptFormat::text);
  REQUIRE_FALSE(distinct.has_value());
  CHECK(distinct.error().kind == ErrorKind::usage);
  CHECK(distinct.error().message.find("d163674/a.wav") != std::string::npos);
  CHECK(check_result_names({"a/a.wav", "b/a.wav"}, TranscriptFormat::text).has_value());
}

TEST_CASE("a folder holds whole results only, and knows with --resume which") {
  const support::TemporaryFolder directory;
  FakeConsole console;
  const std::vector<std::string> inputs = {"a", "b"};
  const ResultPlan plan{.console = console,
                        .inputs = inputs,
                        .format = TranscriptFormat::json,
                        .is_streamed = true,
                        .output_dir = directory.path(),
                        .resume = true};
  const auto place = make_result_writer(plan);
  REQUIRE(place.has_value());
  CHECK_FALSE((*place)->has(0));
  const http::Sink first = (*place)->sink_for(0);
  const http::Sink second = (*place)->sink_for(1);
  REQUIRE(first.write("{\"a\":").has_value());
  REQUIRE(second.write("{").has_value());
  REQUIRE(first.write("1}").has_value());
  CHECK_FALSE((*place)->has(0));
  REQUIRE((*place)->put(0, success("")).has_value());
  REQUIRE((*place)->put(1, failure()).has_value());
  CHECK((*place)->has(0));
  CHECK_FALSE((*place)->has(1));
  CHECK(support::content_of(directory.at(result_file_name("a", TranscriptFormat::json))) == "{\"a\":1}");
  CHECK(directory.size() == 1);
  CHECK(console.out.empty());
}

TEST_CASE("json_line holds the answer as it is, or the error") {
  CHECK(json_line("in\"put", success("{\"a\":\n1.50}")) ==
        "{\"input\":\"in\\\"put\",\"status\":0,\"http_status\":200,\"response\":{\"a\": 1.50}}\n");
  CHECK(json_line("x", failure()) ==
        "{\"input\":\"x\",\"status\":6,\"http_status\":402,\"error\":{\"kind\":\"payment\",\"exit_status\":6,"
        "\"message\":\"no credit\",\"hint\":null,\"http_status\":null,\"request_id\":null}}\n");
}

}  // namespace dgauth::transcription
