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

Result<Transcription> success(std::string text) { return Transcription{.text = std::move(text)}; }
Result<Transcription> failure() {
  return fail(Error{.kind = ErrorKind::payment, .message = "no credit", .http_status = 402});
}

Plan plan_of(const std::vector<std::string>& files, TranscriptFormat format, std::string output_dir = {}) {
  return {
      .inputs = parse_inputs(MediaKind::file, files).value(), .format = format, .output_dir = std::move(output_dir)};
}

http::Response success_head() {
  http::Response head;
  head.status = 200;
  return head;
}

}  // namespace

TEST_CASE("several texts come in the order of their inputs, failures left out") {
  FakeConsole console;
  const Plan plan = plan_of({"a", "b", "c"}, TranscriptFormat::text);
  const auto writer = make_result_writer(plan, console).value();
  REQUIRE(writer->write(2, success("third\n")).has_value());
  CHECK(console.out.empty());
  REQUIRE(writer->write(0, failure()).has_value());
  REQUIRE(writer->write(1, success("second\n")).has_value());
  CHECK(console.out == "==> b <==\nsecond\n\n==> c <==\nthird\n");
  CHECK_FALSE(writer->reports_failures());
  CHECK_FALSE(static_cast<bool>(writer->sink_for(0).write));
}

TEST_CASE("a single text is all of stdout, and a single failure nothing") {
  FakeConsole console;
  const Plan plan = plan_of({"a"}, TranscriptFormat::text);
  const auto writer = make_result_writer(plan, console).value();
  REQUIRE(writer->write(0, failure()).has_value());
  CHECK(console.out.empty());
  REQUIRE(writer->write(0, success("text\n")).has_value());
  CHECK(console.out == "text\n");
}

TEST_CASE("JSON Lines come as they finish, failures too") {
  FakeConsole console;
  const Plan plan = plan_of({"a", "b"}, TranscriptFormat::json);
  const auto writer = make_result_writer(plan, console).value();
  CHECK(writer->reports_failures());
  CHECK_FALSE(static_cast<bool>(writer->sink_for(0).write));
  REQUIRE(writer->write(1, failure()).has_value());
  REQUIRE(writer->write(0, success("{}")).has_value());
  CHECK(console.out == json_line("b", failure()) + json_line("a", success("{}")));
}

TEST_CASE("what cannot be written to stdout is an error of every writer") {
  for (const bool is_single : {true, false}) {
    for (const TranscriptFormat format : {TranscriptFormat::text, TranscriptFormat::json}) {
      FakeConsole console;
      console.refuses_out = true;
      const Plan plan = plan_of(is_single ? std::vector<std::string>{"a"} : std::vector<std::string>{"a", "b"}, format);
      const auto writer = make_result_writer(plan, console).value();
      const http::Sink sink = writer->sink_for(0);
      REQUIRE(plan.is_streamed() == static_cast<bool>(sink.write));
      const auto stream = [&sink]() -> Result<void> {
        REQUIRE(sink.wants(success_head(), ""));
        TRY(sink.write(R"({"results":{}})"));
        return sink.end();
      };
      const Result<void> written = sink.write ? stream() : writer->write(0, success("x"));
      REQUIRE_FALSE(written.has_value());
      CHECK(written.error().kind == ErrorKind::output);
    }
  }
}

TEST_CASE("a directory holds complete results only") {
  const support::TemporaryFolder directory;
  FakeConsole console;
  const Plan plan = plan_of({"a", "b"}, TranscriptFormat::json, directory.path());
  const auto writer = make_result_writer(plan, console).value();
  const std::string path = directory.at("a-ca978112.json");
  const http::Sink first = writer->sink_for(0);
  const http::Sink second = writer->sink_for(1);
  const std::string much(100'000, ' ');
  for (const http::Sink& sink : {first, second}) {
    REQUIRE(sink.wants(success_head(), ""));
    REQUIRE(sink.write("{\"results\":{" + much).has_value());
  }
  REQUIRE(first.write("}}").has_value());
  REQUIRE(first.end().has_value());
  CHECK_FALSE(second.end().has_value());
  CHECK(directory.size() == 2);  // unfinished, under other names
  CHECK(support::mode_of(path) == -1);
  REQUIRE(writer->write(0, success("")).has_value());
  REQUIRE(writer->write(1, failure()).has_value());
  CHECK(support::content_of(path) == "{\"results\":{" + much + "}}");
  CHECK(support::mode_of(path) == 0600);
  CHECK(directory.size() == 1);
  CHECK(console.out.empty());
}

TEST_CASE("a directory is made, and cleared of what is unfinished only to resume") {
  const support::TemporaryFolder directory;
  FakeConsole console;
  Plan plan = plan_of({"a"}, TranscriptFormat::text, directory.at("out"));
  REQUIRE(make_result_writer(plan, console).value()->write(0, success("old\n")).has_value());
  directory.file("out/.dgauth-abcdef", "half");
  directory.file("out/.other", "not ours");
  REQUIRE(make_result_writer(plan, console).has_value());
  CHECK(support::mode_of(directory.at("out/.dgauth-abcdef")) == 0600);
  plan.resume = true;
  REQUIRE(make_result_writer(plan, console).value()->write(0, success("new\n")).has_value());
  CHECK(support::mode_of(directory.at("out/.dgauth-abcdef")) == -1);
  CHECK(support::mode_of(directory.at("out/.other")) == 0600);
  CHECK(support::content_of(directory.at("out/a-ca978112.txt")) == "new\n");
}

TEST_CASE("a directory that cannot be one") {
  const support::TemporaryFolder directory;
  FakeConsole console;
  const auto taken = make_result_writer(plan_of({"a"}, TranscriptFormat::text, directory.file("f", "x")), console);
  REQUIRE_FALSE(taken.has_value());
  CHECK(taken.error().kind == ErrorKind::usage);
  const auto missing = make_result_writer(plan_of({"a"}, TranscriptFormat::text, directory.at("no/such")), console);
  REQUIRE_FALSE(missing.has_value());
  CHECK(missing.error().kind == ErrorKind::output);
}

TEST_CASE("transcription::json_line holds the response as it is, or the error") {
  CHECK(json_line("in\"put", success("{\"a\":\n1.50}")) ==
        "{\"input\":\"in\\\"put\",\"status\":0,\"http_status\":200,\"response\":{\"a\": 1.50}}\n");
  CHECK(json_line("x", failure()) ==
        "{\"input\":\"x\",\"status\":6,\"http_status\":402,\"error\":{\"kind\":\"payment\",\"exit_status\":6,"
        "\"message\":\"no credit\",\"hint\":null,\"http_status\":402,\"request_id\":null}}\n");
}

}  // namespace dgauth::transcription
