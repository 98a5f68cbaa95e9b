// SPDX-License-Identifier: MIT
#include <array>

#include <fcntl.h>
#include <unistd.h>

#include "support/batch_stage.hpp"
#include "support/temporary_folder.hpp"

namespace dgauth::transcription {
namespace {

using namespace std::chrono_literals;
using options::Auth;
using support::BatchStage;
using support::grant_reply;
using support::heard;
using support::Outcome;
using support::plan_of;
using support::response_of;
using support::transcript_of;

constexpr std::string_view refusal = R"({"err_code":"INVALID_AUTH","err_msg":"Invalid credentials."})";

const std::string with_key = "Token " + std::string(support::fake_key);

}  // namespace

TEST_CASE("transcription::Batch: the status is that of the first failure in the order of the inputs") {
  BatchStage stage;
  stage.client.will_answer(200, grant_reply("fake-token-1", 60));
  stage.client.will_answer(401, refusal);  // a, which goes once more when b has failed
  stage.client.will_answer(400, "{}");
  stage.client.will_answer(200, grant_reply("fake-token-2", 60));
  stage.client.will_answer(503, "{}");
  const Outcome outcome = stage.transcribe(plan_of({"a", "b"}, 2), Auth::grant);
  CHECK(outcome.err.find("media.example/b: ") < outcome.err.find("media.example/a: "));
  CHECK(outcome.result == ExitStatus::service);
}

TEST_CASE("transcription::Batch: a token that was refused is renewed, once for each input, promise 15") {
  BatchStage stage;
  stage.client.will_answer(200, grant_reply("fake-token-1", 60));
  stage.client.will_answer(401, refusal);
  stage.client.will_answer(200, grant_reply("fake-token-2", 60));
  stage.client.will_answer(200, transcript_of("one"));
  const Outcome outcome = stage.transcribe(plan_of({"a"}), Auth::grant);
  CHECK(outcome.result == ExitStatus::ok);
  CHECK(outcome.out == "one\n");
  CHECK(stage.authorizations() ==
        std::vector<std::string>{with_key, "Bearer fake-token-1", with_key, "Bearer fake-token-2"});

  BatchStage twice;
  twice.client.will_answer(200, grant_reply("fake-token-1", 60));
  twice.client.will_answer(401, refusal);
  twice.client.will_answer(200, grant_reply("fake-token-2", 60));
  twice.client.will_answer(401, refusal);
  const Outcome refused = twice.transcribe(plan_of({"a"}), Auth::grant);
  REQUIRE_FALSE(refused.result.has_value());
  CHECK(refused.result.error().kind == ErrorKind::refused);
}

TEST_CASE("transcription::Batch: a retry goes with the token that is fresh when it is sent") {
  BatchStage stage;
  stage.client.waits_out_429 = true;
  http::Response busy = response_of(429, "{}");
  busy.sent_at = {};
  busy.retry_after = 5s;
  stage.client.will_answer(200, grant_reply("fake-token-1", 3));
  stage.client.will_answer(busy);
  stage.client.will_answer(200, grant_reply("fake-token-2", 3));
  stage.client.will_answer(busy);
  stage.client.will_answer(200, grant_reply("fake-token-3", 3));
  stage.client.will_answer(200, transcript_of("one"));
  Plan plan = plan_of({"a"});
  plan.limits.total = 600s;
  const Outcome outcome = stage.transcribe(std::move(plan), Auth::grant);
  CHECK(outcome.result == ExitStatus::ok);
  CHECK(outcome.out == "one\n");
  CHECK(stage.authorizations() == std::vector<std::string>{with_key, "Bearer fake-token-1", with_key,
                                                           "Bearer fake-token-2", with_key, "Bearer fake-token-3"});
}

TEST_CASE("transcription::Batch: without a fresh token for its retry an input fails with what the mint failed with") {
  BatchStage stage;
  stage.client.waits_out_429 = true;
  http::Response busy = response_of(429, "{}");
  busy.retry_after = 5s;
  stage.client.will_answer(200, grant_reply("fake-token-1", 3));
  stage.client.will_answer(busy);
  stage.client.will_answer(402, "{}");
  const Outcome outcome = stage.transcribe(plan_of({"a"}), Auth::grant);
  REQUIRE_FALSE(outcome.result.has_value());
  CHECK(outcome.result.error().kind == ErrorKind::payment);
}

TEST_CASE("transcription::Batch: a token that expired on the way is renewed while retries and time last") {
  for (const int retries : {0, 2}) {
    CAPTURE(retries);
    BatchStage stage;
    int refusals = 0;
    stage.client.answers_with([&](const http::Request& request) -> Result<http::Response> {
      if (!request.url.ends_with("/v1/auth/grant")) {
        ++refusals;
        stage.world.clock.advance(2s);
        return response_of(401, refusal);
      }
      http::Response response = response_of(200, grant_reply("fake-token", 1));
      response.sent_at = stage.world.clock.wall;
      return response;
    });
    Plan plan = plan_of({"a"});
    plan.limits = {.total = 600s, .retries = retries};
    CHECK(stage.transcribe(plan, Auth::grant).result.error().kind == ErrorKind::refused);
    CHECK(refusals == retries + 2);  // the first renewal is for free

    refusals = 0;
    plan.limits = {.total = 3s, .retries = 9};
    CHECK(stage.transcribe(plan, Auth::grant).result.error().kind == ErrorKind::refused);
    CHECK(refusals == 2);
  }
}

TEST_CASE("transcription::Batch: what another 401 says, and a key, is not tried again") {
  BatchStage scope;
  scope.client.will_answer(200, grant_reply("fake-token-1", 60));
  scope.client.will_answer(401, R"({"err_code":"INSUFFICIENT_PERMISSIONS"})");
  CHECK(scope.transcribe(plan_of({"a"}), Auth::grant).result.error().kind == ErrorKind::forbidden);

  BatchStage key;
  key.client.will_answer(401, refusal);
  CHECK(key.transcribe(plan_of({"a"})).result.error().kind == ErrorKind::refused);
}

TEST_CASE("transcription::Batch: stdin and its like go once more from their start after a token was refused") {
  const support::TemporaryFolder directory;
  const host::Descriptor file(::open(directory.file("a.wav", "RIFF and more").c_str(), O_RDONLY | O_CLOEXEC));
  REQUIRE(::lseek(file.get(), 5, SEEK_SET) == 5);  // as if another process had read that much
  BatchStage stage;
  std::vector<std::string> bodies;
  const auto read_body = [&bodies](const http::Request& request) {
    std::array<char, 100> room{};
    const std::size_t size = request.body_file->read(room).value().value();
    bodies.emplace_back(room.data(), size);
  };
  stage.client.will_answer(200, grant_reply("fake-token-1", 60));
  stage.client.will_answer([&](const http::Request& request) -> Result<http::Response> {
    read_body(request);
    return response_of(401, refusal);
  });
  stage.client.will_answer(200, grant_reply("fake-token-2", 60));
  stage.client.will_answer([&](const http::Request& request) -> Result<http::Response> {
    read_body(request);
    return response_of(200, transcript_of("one"));
  });
  Plan plan{.jobs = 1};
  plan.inputs = {parse_input(MediaKind::file, "/dev/fd/" + std::to_string(file.get())).value()};
  const Outcome outcome = stage.transcribe(std::move(plan), Auth::grant);
  CHECK(outcome.result == ExitStatus::ok);
  CHECK(bodies == std::vector<std::string>{"and more", "and more"});
}

TEST_CASE("transcription::Batch: a token that expires between two inputs is renewed") {
  BatchStage stage;
  std::vector<std::string> tokens = {"fake-token-2", "fake-token-1"};
  stage.client.answers_with([&](const http::Request& request) -> Result<http::Response> {
    if (!request.url.ends_with("/v1/auth/grant")) {
      stage.world.clock.advance(2s);
      return heard(request);
    }
    const std::string token = tokens.back();
    tokens.pop_back();
    http::Response response = response_of(200, grant_reply(token, 3));
    response.sent_at = stage.world.clock.wall;
    return response;
  });
  const Outcome outcome = stage.transcribe(plan_of({"a", "b", "c"}), Auth::grant);
  CHECK(outcome.err == "dgauth: note: 3 succeeded\n");
  CHECK(stage.authorizations() == std::vector<std::string>{with_key, "Bearer fake-token-1", "Bearer fake-token-1",
                                                           with_key, "Bearer fake-token-2"});
}

TEST_CASE("transcription::Batch: nothing is sent without a first token") {
  BatchStage stage;
  stage.client.will_answer(403, R"({"err_code":"FORBIDDEN","err_msg":"Insufficient permissions."})");
  const Outcome outcome = stage.transcribe(plan_of({"a", "b"}), Auth::grant);
  CHECK(outcome.result == ExitStatus::forbidden);
  CHECK(outcome.requests.size() == 1);
  CHECK(outcome.err.starts_with("dgauth: error: https://media.example/a: not sent: "));
  CHECK(outcome.err.find("role is below Member") != std::string::npos);
  CHECK(outcome.err.ends_with(
      "dgauth: error: https://media.example/b: not sent\ndgauth: note: 0 succeeded, 2 not sent\n"));
}

TEST_CASE("transcription::Batch: without another token the rest fails with what the mint failed with") {
  BatchStage stage;
  stage.client.will_answer(200, grant_reply("fake-token-1", 60));
  stage.client.will_answer(200, transcript_of("one"));
  stage.client.will_answer(401, refusal);
  stage.client.will_answer(402, "{}");
  const Outcome outcome = stage.transcribe(plan_of({"a", "b", "c"}), Auth::grant);
  CHECK(outcome.result == ExitStatus::limited);
  CHECK(outcome.out == "==> https://media.example/a <==\none\n");
  CHECK(outcome.requests.size() == 4);
  CHECK(outcome.err.find("dgauth: error: https://media.example/b: not transcribed: the project has no credit left") !=
        std::string::npos);
  CHECK(outcome.err.find("dgauth: error: https://media.example/c: not sent\n") != std::string::npos);
  CHECK(outcome.err.ends_with("dgauth: note: 1 succeeded, 1 failed, 1 not sent\n"));
}

}  // namespace dgauth::transcription
