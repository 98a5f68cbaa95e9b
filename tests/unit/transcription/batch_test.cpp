// SPDX-License-Identifier: MIT
#include "transcription/batch.hpp"

#include <algorithm>
#include <array>

#include "support/batch_stage.hpp"
#include "support/temporary_folder.hpp"

namespace dgauth::transcription {
namespace {

using support::BatchStage;
using support::heard;
using support::Outcome;
using support::plan_of;
using support::response_of;
using support::transcript_of;

// Hands the body on as the client does.
Result<http::Response> streamed(const http::Request& request, std::string_view body) {
  http::Response response = response_of(200, "");
  if (!request.sink.wants || !request.sink.wants(response, body)) {
    return response_of(200, body);
  }
  response.went_to_sink = true;
  TRY(request.sink.write(body));
  TRY(request.sink.end());
  return response;
}

const std::string with_key = "Token " + std::string(support::fake_key);

}  // namespace

TEST_CASE("transcription::Batch: all inputs, their texts in order, and how many") {
  BatchStage stage;
  stage.client.answers_with(heard);
  const Outcome outcome = stage.transcribe(plan_of({"a", "b", "c"}, 2));
  CHECK(outcome.result == ExitStatus::ok);
  CHECK(outcome.out ==
        "==> https://media.example/a <==\na\n\n==> https://media.example/b <==\nb\n\n"
        "==> https://media.example/c <==\nc\n");
  CHECK(outcome.err == "dgauth: note: 3 succeeded\n");
  CHECK(stage.authorizations() == std::vector<std::string>(3, with_key));
}

TEST_CASE("transcription::Batch: a single input has stdout and the error for itself") {
  BatchStage good;
  good.client.answers_with(heard);
  const Outcome heard_it = good.transcribe(plan_of({"a"}));
  CHECK(heard_it.result == ExitStatus::ok);
  CHECK(heard_it.out == "a\n");
  CHECK(heard_it.err.empty());

  BatchStage bad;
  bad.client.will_answer(402, R"({"err_code":"ASR_PAYMENT_REQUIRED","err_msg":"no credit"})");
  const Outcome outcome = bad.transcribe(plan_of({"a"}));
  REQUIRE_FALSE(outcome.result.has_value());
  CHECK(outcome.result.error().kind == ErrorKind::payment);
  CHECK(outcome.result.error().http_status == 402);
  CHECK(outcome.out.empty());
  CHECK(outcome.err.empty());
}

TEST_CASE("transcription::Batch: one that fails does not stop the others") {
  BatchStage stage;
  stage.client.will_answer(503, "later");
  stage.client.will_answer(200, transcript_of("two"));
  stage.client.will_answer(400, "bad");
  const Outcome outcome = stage.transcribe(plan_of({"a", "b", "c"}));
  CHECK(outcome.result == ExitStatus::service);
  CHECK(outcome.out == "==> https://media.example/b <==\ntwo\n");
  CHECK(outcome.err ==
        "dgauth: error: https://media.example/a: the server failed: later (HTTP 503)\n"
        "dgauth: hint: try again later; what was sent may have been transcribed, and billed, all the same\n"
        "dgauth: error: https://media.example/c: the server rejected the request: bad (HTTP 400)\n"
        "dgauth: hint: check the options of the command: --dry-run shows the request\n"
        "dgauth: note: 1 succeeded, 2 failed\n");
}

TEST_CASE("transcription::Batch: a failure on stderr does not have the query of its URL (promise 19)") {
  const support::TemporaryFolder directory;
  for (const TranscriptFormat format : {TranscriptFormat::text, TranscriptFormat::json}) {
    Plan plan = plan_of({"a?X-Amz-Signature=5ecretSignature01", "b"}, 1, format);
    plan.output_dir = directory.path();
    BatchStage stage;
    stage.client.answers_with([](const http::Request& request) -> Result<http::Response> {
      return request.body.find("Signature") != std::string::npos ? response_of(400, R"({"err_msg":"gone"})")
                                                                 : response_of(200, R"({"results":{"channels":[]}})");
    });
    const Outcome outcome = stage.transcribe(std::move(plan));
    CHECK(outcome.err.find("https://media.example/a: the server rejected the request: gone") != std::string::npos);
    CHECK(outcome.err.find("5ecretSignature01") == std::string::npos);
  }
}

TEST_CASE("transcription::Batch: every failure has the name of its input, also one that the message holds") {
  for (const std::string name : {"a", "server", "1", "HTTP"}) {
    CAPTURE(name);
    BatchStage stage;
    stage.client.answers_with([](const http::Request& /*request*/) { return response_of(400, "bad 1"); });
    Plan plan = plan_of({"a", "b"});
    plan.inputs[0].shown = name;
    const Outcome outcome = stage.transcribe(std::move(plan));
    CHECK(outcome.err.starts_with("dgauth: error: " + name + ": the server rejected the request: bad 1 (HTTP 400)\n"));
  }
}

TEST_CASE("transcription::Batch: so many jobs at a time, and no more") {
  for (const int jobs : {1, 3, 20}) {
    BatchStage stage;
    std::size_t most = 0;
    stage.client.answers_with([&](const http::Request& request) {
      const auto finished = std::ranges::count(stage.world.console.out, '\n');
      most = std::max(most, stage.client.requests.size() - static_cast<std::size_t>(finished));
      return heard(request);
    });
    const Outcome outcome =
        stage.transcribe(plan_of({"a", "b", "c", "d", "e", "f", "g", "h"}, jobs, TranscriptFormat::json));
    CHECK(outcome.result == ExitStatus::ok);
    CHECK(std::ranges::count(outcome.out, '\n') == 8);
    CHECK(most == static_cast<std::size_t>(std::min(jobs, 8)));
  }
}

TEST_CASE("transcription::Batch stops when nothing can be written any more") {
  for (const TranscriptFormat format : {TranscriptFormat::text, TranscriptFormat::json}) {
    BatchStage stage;
    stage.world.console.refuses_out = true;
    stage.client.answers_with(heard);
    const Outcome outcome = stage.transcribe(plan_of({"a", "b", "c"}, 1, format));
    REQUIRE_FALSE(outcome.result.has_value());
    CHECK(outcome.result.error() == Error{.kind = ErrorKind::output, .message = std::string(support::lost_output)});
    CHECK(outcome.requests.size() == 1);
    for (const std::string what : {"a", "b", "c"}) {
      const std::string line = outcome.err.substr(outcome.err.find("https://media.example/" + what));
      CHECK((line.substr(0, line.find('\n')).find("not sent") == std::string::npos) == (what == "a"));
    }
    CHECK(outcome.err.ends_with("dgauth: note: 0 succeeded, 1 failed, 2 not sent\n"));
  }
}

TEST_CASE("transcription::Batch: a single result in JSON is streamed") {
  BatchStage good;
  good.client.answers_with([](const http::Request& request) { return streamed(request, "{ \"results\": {} }\n"); });
  const Outcome outcome = good.transcribe(plan_of({"a"}, 1, TranscriptFormat::json));
  CHECK(outcome.result == ExitStatus::ok);
  CHECK(outcome.out == "{ \"results\": {} }\n");

  BatchStage cut;
  cut.client.answers_with([](const http::Request& request) { return streamed(request, "{\"results\":{}"); });
  CHECK(cut.transcribe(plan_of({"a"}, 1, TranscriptFormat::json)).result.error().kind == ErrorKind::service);

  BatchStage closed;
  closed.world.console.refuses_out = true;
  closed.client.answers_with([](const http::Request& request) { return streamed(request, R"({"results":{}})"); });
  CHECK(closed.transcribe(plan_of({"a"}, 1, TranscriptFormat::json)).result.error().kind == ErrorKind::output);
}

TEST_CASE("transcription::Batch: a success that is not a transcript is the service's fault") {
  struct Row {
    TranscriptFormat format;
    std::string_view body;
  };
  constexpr Row rows[] = {{TranscriptFormat::text, "<html>"},
                          {TranscriptFormat::text, ""},
                          {TranscriptFormat::text, "{}"},
                          {TranscriptFormat::vtt, R"({"results":{"channels":7}})"},
                          {TranscriptFormat::srt, R"({"results":)"},
                          {TranscriptFormat::json, "<html>"},
                          {TranscriptFormat::json, "{nonsense}"},
                          {TranscriptFormat::json, R"({"results":{"a":{}})"},
                          {TranscriptFormat::json, R"({"err_code":"FORBIDDEN","err_msg":"no"})"},
                          {TranscriptFormat::json, "null"},
                          {TranscriptFormat::json, ""}};
  for (const Row& row : rows) {
    CAPTURE(row.body);
    BatchStage stage;
    stage.client.answers_with([&row](const http::Request& request) { return streamed(request, row.body); });
    const Outcome outcome = stage.transcribe(plan_of({"a"}, 1, row.format));
    REQUIRE_FALSE(outcome.result.has_value());
    CHECK(outcome.result.error().kind == ErrorKind::service);
    CHECK(outcome.result.error().http_status == 200);
    CHECK(outcome.out.empty());
  }
}

TEST_CASE("transcription::Batch: with a callback the request id is the result") {
  BatchStage stage;
  stage.client.will_answer(200, R"({"request_id":"fake-id"})");
  Plan plan = plan_of({"a"});
  plan.query.emplace_back("callback", "https://hook.example/");
  const Outcome outcome = stage.transcribe(plan);
  CHECK(outcome.result == ExitStatus::ok);
  CHECK(outcome.out == "fake-id\n");
  CHECK(outcome.err == "dgauth: note: https://media.example/a: the transcript will be sent to the callback URL\n");

  // The server may call it what it likes: a secret, or a book.
  const std::string long_id(400, 'x');
  for (const auto& [said, shown] : {std::pair(std::string(support::fake_key), std::string("<redacted>")),
                                    std::pair(std::string("id-5ecretSignature01"), std::string("id-<redacted>")),
                                    std::pair(long_id, std::string(127, 'x') + "\xE2\x80\xA6")}) {
    BatchStage odd;
    odd.client.will_answer(200, R"({"request_id":")" + said + "\"}");
    Plan signed_plan = plan_of({"a?X-Amz-Signature=5ecretSignature01"});
    signed_plan.query.emplace_back("callback", "https://hook.example/");
    CHECK(odd.transcribe(signed_plan).out == shown + "\n");
  }

  BatchStage none;
  none.client.will_answer(200, R"({"a":1})");
  const Outcome without = none.transcribe(plan);
  CHECK(without.result.error().kind == ErrorKind::service);
  CHECK(without.err.empty());
}

TEST_CASE("transcription::Batch: JSON Lines hold the failures, and a directory's go to stderr") {
  BatchStage lines;
  lines.client.will_answer(503, "{}");
  lines.client.will_answer(200, R"({"results":{}})");
  lines.client.will_fail({.kind = ErrorKind::network, .message = "no connection"});
  const Outcome outcome = lines.transcribe(plan_of({"a", "b", "c"}, 1, TranscriptFormat::json));
  CHECK(outcome.result == ExitStatus::service);
  CHECK(outcome.out.starts_with(R"({"input":"https://media.example/a","status":8,"http_status":503,"error":{)"));
  CHECK(outcome.out.find(R"({"input":"https://media.example/b","status":0,"http_status":200,"response":{"results":{}}})"
                         "\n") != std::string::npos);
  CHECK(outcome.out.find(R"({"input":"https://media.example/c","status":7,"http_status":null,"error":{)") !=
        std::string::npos);
  CHECK(outcome.err == "dgauth: note: 1 succeeded, 2 failed\n");

  const support::TemporaryFolder directory;
  BatchStage files;
  files.client.will_answer(503, "{}");
  files.client.will_answer(200, R"({ "results":{}})");
  Plan plan = plan_of({"a", "b"}, 1, TranscriptFormat::json);
  plan.output_dir = directory.path();
  const std::string path = directory.at(result_name(plan.inputs[1], plan.format));
  const Outcome filed = files.transcribe(std::move(plan));
  CHECK(filed.out.empty());
  CHECK(filed.err.starts_with(R"({"error":{"kind":"service","exit_status":8,"message":"https://media.example/a: )"));
  CHECK(support::content_of(path) == R"({ "results":{}})");
  CHECK(directory.size() == 1);
}

TEST_CASE("transcription::Batch does not send what has a result") {
  BatchStage stage;
  stage.client.answers_with(heard);
  Plan plan = plan_of({"a", "b"});
  plan.inputs[0].has_result = true;
  const support::TemporaryFolder directory;
  plan.output_dir = directory.path();
  const Outcome outcome = stage.transcribe(std::move(plan));
  CHECK(outcome.result == ExitStatus::ok);
  CHECK(outcome.requests.size() == 1);
  CHECK(outcome.err == "dgauth: note: 1 succeeded, 1 already done\n");
}

TEST_CASE("transcription::Batch: a file goes as it is, and one that has gone meanwhile fails alone") {
  const support::TemporaryFolder directory;
  BatchStage stage;
  stage.client.answers_with([](const http::Request& request) {
    std::array<char, 100> room{};
    const std::size_t size = request.body_file->read(room).value().value();
    return response_of(200, transcript_of(std::string_view(room.data(), size)));
  });
  Plan plan{.jobs = 1};
  plan.inputs = {parse_input(MediaKind::file, directory.at("gone.wav")).value(),
                 parse_input(MediaKind::file, directory.file("a.wav", "RIFF")).value()};
  const Outcome outcome = stage.transcribe(std::move(plan));
  CHECK(outcome.result == ExitStatus::usage);
  CHECK(outcome.out == "==> " + directory.at("a.wav") + " <==\nRIFF\n");
  CHECK(outcome.err == "dgauth: error: cannot read " + directory.at("gone.wav") +
                           ": no such file or directory\ndgauth: note: 1 succeeded, 1 failed\n");
}

TEST_CASE("transcription::Batch shows nothing of what opens a URL, promise 19") {
  BatchStage stage;
  stage.client.answers_with([](const http::Request& /*request*/) {
    return response_of(400, R"({"err_msg":"https://media.example/x?sig=fake-signature-1 says 403"})");
  });
  const Outcome outcome = stage.transcribe(plan_of({"x?sig=fake-signature-1", "y"}));
  CHECK(outcome.err.find("https://media.example/x: the server rejected the request: ") != std::string::npos);
  CHECK(outcome.err.substr(0, outcome.err.find('\n')).find("fake-signature") == std::string::npos);
  CHECK(outcome.err.find("<redacted>") != std::string::npos);
}

}  // namespace dgauth::transcription
