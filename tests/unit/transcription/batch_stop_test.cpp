// SPDX-License-Identifier: MIT
#include <string>

#include "support/batch_stage.hpp"
#include "support/temporary_folder.hpp"

namespace dgauth::transcription {
namespace {

using support::BatchStage;
using support::heard;
using support::Outcome;
using support::plan_of;
using support::response_of;

struct Refusal {
  int status;
  std::string_view body;
  ErrorKind kind;
};

constexpr Refusal refusals[] = {
    {401, R"({"err_code":"INVALID_AUTH","err_msg":"Invalid credentials."})", ErrorKind::refused},
    {403, R"({"err_code":"FORBIDDEN","err_msg":"Insufficient permissions."})", ErrorKind::forbidden},
    {402, R"({"err_code":"ASR_PAYMENT_REQUIRED","err_msg":"no credit"})", ErrorKind::payment},
};

bool names_unsent(const Outcome& outcome, const std::string& input) {
  return outcome.err.find("dgauth: error: https://media.example/" + input + ": not sent\n") != std::string::npos;
}

}  // namespace

TEST_CASE("transcription::Batch stops when all the rest would be refused: what is under way ends, the rest is named") {
  for (const Refusal& refusal : refusals) {
    CAPTURE(refusal.status);
    BatchStage stage;
    stage.client.answers_with([&refusal](const http::Request& request) -> Result<http::Response> {
      return request.body.find("example/b") == std::string::npos ? heard(request)
                                                                 : response_of(refusal.status, refusal.body);
    });
    const Outcome outcome = stage.transcribe(plan_of({"a", "b", "c", "d", "e"}, 2));
    CHECK(outcome.result == exit_status_of(refusal.kind));
    CHECK(outcome.requests.size() == 3);  // c went when a was done
    CHECK(outcome.out.find("==> https://media.example/a <==\na\n") != std::string::npos);
    CHECK(outcome.out.find("==> https://media.example/c <==\nc\n") != std::string::npos);
    CHECK_FALSE(names_unsent(outcome, "b"));
    CHECK(names_unsent(outcome, "d"));
    CHECK(names_unsent(outcome, "e"));
    CHECK(
        outcome.err.ends_with("dgauth: error: https://media.example/d: not sent\n"
                              "dgauth: hint: with --output-dir and --resume, a later run can transcribe just the rest\n"
                              "dgauth: error: https://media.example/e: not sent\n"
                              "dgauth: note: 2 succeeded, 1 failed, 2 not sent\n"));
  }
}

TEST_CASE("transcription::Batch: in JSON Lines what was not sent has a line with its status") {
  BatchStage stage;
  stage.client.will_answer(402, R"({"err_code":"ASR_PAYMENT_REQUIRED","err_msg":"no credit"})");
  const Outcome outcome = stage.transcribe(plan_of({"a", "b"}, 1, TranscriptFormat::json));
  CHECK(outcome.result == ExitStatus::limited);
  CHECK(outcome.out.find(R"({"input":"https://media.example/a","status":6,"http_status":402,"error":{)") == 0);
  CHECK(outcome.out.find(R"({"input":"https://media.example/b","status":6,"http_status":null,"error":{)"
                         R"("kind":"payment","exit_status":6,"message":"not sent: the project has no credit left)") !=
        std::string::npos);
  CHECK(outcome.err == "dgauth: note: 0 succeeded, 1 failed, 1 not sent\n");
}

TEST_CASE("transcription::Batch: what the client holds back after a 429 was not sent") {
  BatchStage stage;
  stage.client.will_answer(429, "{}");
  stage.client.will_fail({.kind = ErrorKind::rate_limit, .message = "the server asks to wait 3600 s"});
  const Outcome outcome = stage.transcribe(plan_of({"a", "b"}));
  CHECK(outcome.result == ExitStatus::limited);
  CHECK(outcome.err.find("media.example/a: not sent") == std::string::npos);
  CHECK(outcome.err.find("dgauth: error: https://media.example/b: not sent: the server asks to wait 3600 s\n") !=
        std::string::npos);
}

TEST_CASE(
    "transcription::Batch: while the server wants no requests for too long, nothing is opened and no token minted") {
  const support::TemporaryFolder directory;
  BatchStage stage;
  stage.client.will_answer(200, support::grant_reply("fake-token-1", 60));
  stage.client.will_answer([&stage](const http::Request& /*request*/) -> Result<http::Response> {
    stage.client.turns_away_with = {.kind = ErrorKind::rate_limit,
                                    .message = "the server asks to wait 3600 s",
                                    .hint = "try again in 3600 s, or allow more time with --timeout"};
    stage.world.clock.advance(std::chrono::minutes(2));  // the token has expired
    return response_of(429, "{}");
  });
  Plan plan{.jobs = 1};
  for (const std::string name : {"a.wav", "b.wav"}) {
    plan.inputs.push_back(parse_input(MediaKind::file, directory.file(name, "RIFF")).value());
  }
  plan.inputs.push_back(parse_input(MediaKind::file, directory.at("gone.wav")).value());  // to open it would be usage
  const Outcome outcome = stage.transcribe(std::move(plan), options::Auth::grant);
  CHECK(outcome.result == ExitStatus::limited);
  CHECK(outcome.requests.size() == 2);
  CHECK(outcome.err.ends_with(
      "dgauth: error: " + directory.at("b.wav") +
      ": not sent: the server asks to wait 3600 s\ndgauth: hint: try again in 3600 s, or allow more time "
      "with --timeout; with --output-dir and --resume, a later run can transcribe just the rest\ndgauth: error: " +
      directory.at("gone.wav") + ": not sent\ndgauth: note: 0 succeeded, 1 failed, 2 not sent\n"));
}

TEST_CASE("transcription::Batch: how the rest can be transcribed, in words for the command that it was") {
  struct Row {
    bool resume;
    ResultNames names;
    std::string_view hint;
  };
  const Row rows[] = {
      {false, ResultNames::with_digest, "dgauth: hint: afterwards --resume transcribes the rest\n"},
      {true, ResultNames::with_digest, "dgauth: hint: afterwards the same command transcribes the rest\n"},
      {false, ResultNames::plain, ""},
  };
  for (const Row& row : rows) {
    const support::TemporaryFolder directory;
    Plan plan = plan_of({"a", "b", "c"});
    plan.output_dir = directory.path();
    plan.resume = row.resume;
    plan.names = row.names;
    BatchStage stage;
    stage.client.will_answer(402, R"({"err_code":"ASR_PAYMENT_REQUIRED","err_msg":"no credit"})");
    CHECK(stage.transcribe(std::move(plan))
              .err.ends_with("dgauth: error: https://media.example/b: not sent\n" + std::string(row.hint) +
                             "dgauth: error: https://media.example/c: not sent\n"
                             "dgauth: note: 0 succeeded, 1 failed, 2 not sent\n"));
  }
}

TEST_CASE("transcription::Batch with --quiet counts only where something failed") {
  BatchStage good;
  good.global.quiet = true;
  good.client.answers_with(heard);
  CHECK(good.transcribe(plan_of({"a", "b"})).err.empty());
  BatchStage bad;
  bad.global.quiet = true;
  bad.client.answers_with([](const http::Request& /*request*/) { return response_of(400, "{}"); });
  CHECK(bad.transcribe(plan_of({"a", "b"})).err.ends_with("dgauth: note: 0 succeeded, 2 failed\n"));
}

}  // namespace dgauth::transcription
