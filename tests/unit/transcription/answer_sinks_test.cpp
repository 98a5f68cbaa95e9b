// SPDX-License-Identifier: MIT
#include "transcription/answer_sinks.hpp"

#include <vector>

#include "support/printing.hpp"

namespace dgauth::transcription {
namespace {

constexpr std::size_t no_limit = 1'000'000;

http::Response head_of(int status) {
  http::Response head;
  head.status = status;
  return head;
}

Plan plan_for(TranscriptFormat format, bool has_callback = false) {
  Plan plan{.format = format};
  if (has_callback) {
    plan.query.emplace_back("callback", "https://hook.example/");
  }
  return plan;
}

// Gives the pieces to `sink` as the client does.
Result<void> pour(const http::Sink& sink, const std::vector<std::string_view>& pieces) {
  REQUIRE(sink.wants(head_of(200), pieces.front()));
  for (const std::string_view piece : pieces) {
    TRY(sink.write(piece));
  }
  return sink.end();
}

struct Written {
  Result<void> result;
  std::string text;
};

Written written_json(const std::vector<std::string_view>& pieces, bool has_callback = false) {
  Written written;
  const http::Sink sink = json_sink(plan_for(TranscriptFormat::json, has_callback), [&](std::string_view piece) {
    written.text += piece;
    return Result<void>();
  });
  written.result = pour(sink, pieces);
  return written;
}

}  // namespace

TEST_CASE("transcription::json_sink and text_sink want every success, and nothing else") {
  const Plan plan = plan_for(TranscriptFormat::text);
  for (const http::Sink& sink : {json_sink(plan, {}), text_sink(plan, no_limit, std::make_shared<std::string>())}) {
    for (const std::string_view first : {"{", " ", "<html>", ""}) {
      CHECK(sink.wants(head_of(200), first));
      CHECK(sink.wants(head_of(299), first));
      CHECK_FALSE(sink.wants(head_of(402), first));
      CHECK_FALSE(sink.wants(head_of(302), first));
    }
  }
}

TEST_CASE("transcription::json_sink writes an answer byte for byte") {
  const Written one = written_json({" \r\n{ \"a\": 1.50, \"results\"", ": {\"b\":\"\\ud800\"} }\n", " "});
  CHECK(one.result.has_value());
  CHECK(one.text == " \r\n{ \"a\": 1.50, \"results\": {\"b\":\"\\ud800\"} }\n ");
  const std::string much = "{\"results\":{\"b\":\"" + std::string(200'000, 'x') + "\"";
  const Written large = written_json({much, "}", "}"});
  CHECK(large.result.has_value());
  CHECK(large.text == much + "}}");
  CHECK(written_json({R"({"request_id":"r"})"}, true).text == R"({"request_id":"r"})");
}

TEST_CASE("transcription::json_sink writes nothing of a short body that is not an answer") {
  for (const std::string_view body :
       {"{nonsense}", R"({"a":{"b":1})", "{}{}", "{}", R"({"results":{}}x)", R"({"results":{"a":{}})",
        R"({"results":[]})", R"({"err_code":"FORBIDDEN","err_msg":"Insufficient permissions."})", "null", "[]",
        "<html>", " ", "{\"results\":{},\"a\":\"\xFF\"}"}) {
    CAPTURE(body);
    const Written written = written_json({body});
    REQUIRE_FALSE(written.result.has_value());
    CHECK(written.result.error().kind == ErrorKind::service);
    CHECK(written.text.empty());
  }
  CHECK_FALSE(written_json({R"({"results":{}})"}, true).result.has_value());
  CHECK_FALSE(written_json({R"({"request_id":"r"})"}).result.has_value());
}

TEST_CASE("transcription::json_sink ends a long body where it is not JSON any more") {
  const std::string much = "{\"results\":{\"b\":\"" + std::string(200'000, 'x');
  for (const std::string_view rest : {"\"}}x", "\"}", "\n"}) {
    const Written written = written_json({much, rest});
    REQUIRE_FALSE(written.result.has_value());
    CHECK(written.result.error().kind == ErrorKind::service);
  }
  CHECK(written_json({much, "\n"}).result.error().http_status == 200);
  const std::string array = "[\"" + std::string(200'000, 'x');
  CHECK(written_json({array, "\"]"}).text.empty());
}

TEST_CASE("transcription::json_sink hands on that nothing can be written") {
  const http::Sink sink = json_sink(plan_for(TranscriptFormat::json), [](std::string_view /*piece*/) -> Result<void> {
    return fail(ErrorKind::output, "the disk is full");
  });
  CHECK(pour(sink, {R"({"results":{}})"}).error() == Error{.kind = ErrorKind::output, .message = "the disk is full"});
}

TEST_CASE("transcription::text_sink makes the result of every format") {
  struct Row {
    TranscriptFormat format;
    bool has_callback;
    std::string_view body, text;
  };
  constexpr std::string_view heard =
      R"({"results":{"channels":[{"alternatives":[{"transcript":"hi","words":[{"word":"hi","start":1,"end":2}]}]}]}})";
  constexpr std::string_view accepted = R"({"request_id":"r-1"})";
  constexpr Row rows[] = {
      {TranscriptFormat::text, false, heard, "hi\n"},
      {TranscriptFormat::srt, false, heard, "1\n00:00:01,000 --> 00:00:02,000\nhi\n"},
      {TranscriptFormat::vtt, false, heard, "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nhi\n"},
      {TranscriptFormat::json, false, heard, heard},
      {TranscriptFormat::text, true, accepted, "r-1"},
      {TranscriptFormat::json, true, accepted, accepted},
  };
  for (const Row& row : rows) {
    const Plan plan = plan_for(row.format, row.has_callback);
    const auto text = std::make_shared<std::string>();
    const http::Sink sink = text_sink(plan, no_limit, text);
    CHECK(pour(sink, {row.body.substr(0, 7), row.body.substr(7)}).has_value());
    CHECK(*text == row.text);
    CHECK(text_for(plan, row.body) == row.text);
    CHECK_FALSE(text_for(plan, row.body.substr(1)).has_value());
    CHECK_FALSE(text_for(plan, "").has_value());
  }
}

TEST_CASE("transcription::text_sink takes no more than it may") {
  const Plan plan = plan_for(TranscriptFormat::text);
  const auto text = std::make_shared<std::string>();
  const std::string_view body = R"({"results":{"channels":[]}})";
  CHECK(pour(text_sink(plan, body.size(), text), {body.substr(0, 3), body.substr(3)}).has_value());
  const Result<void> result = pour(text_sink(plan, body.size() - 1, text), {body.substr(0, 3), body.substr(3)});
  REQUIRE_FALSE(result.has_value());
  CHECK(result.error().kind == ErrorKind::service);
  CHECK(result.error().message == "the response is larger than 256 MiB");
  CHECK(result.error().http_status == 200);
}

}  // namespace dgauth::transcription
