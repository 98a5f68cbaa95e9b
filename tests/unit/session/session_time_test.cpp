// SPDX-License-Identifier: MIT
#include "session/renewing_credential.hpp"
#include "session/session.hpp"
#include "support/command_stage.hpp"

namespace dgauth::session {
namespace {

using namespace std::chrono_literals;
using support::CommandStage;
using support::fake_key;

constexpr std::string_view time_is_over = "the time limit of 20 s for the whole command has passed: raise --timeout";

// Runs `steps` with a session of 20 s.
template <typename Steps>
void with_session(CommandStage& stage, Steps steps) {
  stage.global.timeout = 20s;
  const auto done = stage.run([&](const Context& context) -> Result<ExitStatus> {
    TRY_ASSIGN(const std::unique_ptr<Session> session, Session::open(context, 600s));
    steps(*session);
    return ExitStatus::ok;
  });
  CHECK(done.result.has_value());
}

}  // namespace

TEST_CASE("session::Session: a request has what is left since the session was opened, and one of many all of it") {
  CommandStage stage;
  with_session(stage, [&stage](const Session& session) {
    CHECK(session.limits_left().value().total == 20s);
    stage.world.clock.advance(20s - 2ms);
    CHECK(session.limits_left().value().total == 2ms);
    stage.world.clock.advance(2ms);
    const auto late = session.limits_left();
    REQUIRE_FALSE(late.has_value());
    CHECK(late.error() == Error{.kind = ErrorKind::network,
                                .message = "there was no time left to send the request",
                                .hint = std::string(time_is_over)});
    CHECK(session.limits_of_each().total == 20s);
  });
}

TEST_CASE("session::Session: without --timeout a mint before a long operation has no more than its own time") {
  CommandStage stage;
  stage.run([&](const Context& context) -> Result<ExitStatus> {
    TRY_ASSIGN(const std::unique_ptr<Session> session, Session::open(context, 600s));
    stage.world.clock.advance(100s);
    CHECK(session->limits_left().value().total == 30s);
    CHECK(session->limits_of_each(600s).total == 600s);
    return ExitStatus::ok;
  });
}

TEST_CASE("session::Session: the time in which a user types the key does not count") {
  CommandStage stage;
  stage.world.console.in_is_a_terminal = true;
  stage.world.console.typed = {std::string(fake_key)};
  stage.world.console.while_typing = [&stage] { stage.world.clock.advance(60s); };
  stage.global.api_key_file = "-";
  with_session(stage, [&stage](Session& session) {
    stage.world.clock.advance(5s);
    CHECK(session.find_key().has_value());
    CHECK(session.limits_left().value().total == 15s);
  });
}

TEST_CASE("session::RenewingCredential: the first mint is within the time of the command, a later one has its own") {
  CommandStage stage;
  stage.world.variables = {{"DEEPGRAM_API_KEY", std::string(fake_key)}};
  stage.client.will_answer(200, support::grant_reply("fake-token-1", 30));
  stage.client.will_answer(200, support::grant_reply("fake-token-2", 30));
  with_session(stage, [&stage](Session& session) {
    const auto credential = RenewingCredential::open(session, options::Auth::grant, {});
    deepgram::Api& api = **session.api();
    for (const auto pause : {5s, 60s}) {
      stage.world.clock.advance(pause);
      (*credential)->give_fresh(api, std::chrono::minutes(1), [](const Result<deepgram::Credential>& fresh) {
        CHECK(fresh.has_value());
      });
      api.run();
    }
    REQUIRE(stage.client.requests.size() == 2);
    CHECK(stage.client.requests[0].limits.total == 15s);
    CHECK(stage.client.requests[1].limits.total == 20s);
  });

  CommandStage late;
  late.world.variables = stage.world.variables;
  with_session(late, [&late](Session& session) {
    const auto credential = RenewingCredential::open(session, options::Auth::grant, {});
    late.world.clock.advance(20s);
    std::string hint;
    (*credential)->give_fresh(**session.api(), std::chrono::minutes(1), [&hint](const auto& fresh) {
      hint = fresh.error().hint;
    });
    CHECK(hint == time_is_over);
  });
}

}  // namespace dgauth::session
