// SPDX-License-Identifier: MIT
#include "session/credential_choice.hpp"

#include "support/command_stage.hpp"

namespace dgauth::session {
namespace {

using namespace std::chrono_literals;
using options::Auth;
using support::CommandStage;
using support::fake_key;
using support::jwt_expiring;

// "Token KEY from SOURCE", or the kind and the message of the error.
std::string chosen(CommandStage& stage, Auth auth) {
  std::string text;
  stage.run([&](const Context& context) -> Result<ExitStatus> {
    TRY_ASSIGN(const std::unique_ptr<Session> session, Session::open(context));
    const Result<ChosenCredential> choice = choose_credential(*session, auth, {});
    text = choice ? std::string(deepgram::authorization_value(choice->credential).reveal()) + " from " + choice->source
                  : std::string(name_of(choice.error().kind)) + ": " + choice.error().message;
    return ExitStatus::ok;
  });
  return text;
}

}  // namespace

TEST_CASE("session::choose_credential: the scheme follows the kind of credential, never what was typed") {
  CommandStage stage;
  const std::string jwt = jwt_expiring(30s);
  stage.world.variables = {{"DEEPGRAM_API_KEY", std::string(fake_key)}, {"DEEPGRAM_ACCESS_TOKEN", jwt}};
  CHECK(chosen(stage, Auth::key) == "Token " + std::string(fake_key) + " from env:DEEPGRAM_API_KEY");
  CHECK(chosen(stage, Auth::token) == "Bearer " + jwt + " from env:DEEPGRAM_ACCESS_TOKEN");
  CHECK(stage.client.made == 0);
  stage.client.will_answer(200, support::grant_reply("fake-token-1", 30));
  CHECK(chosen(stage, Auth::grant) == "Bearer fake-token-1 from env:DEEPGRAM_API_KEY");
}

TEST_CASE("session::choose_credential: a token that has expired by the local clock is not used") {
  CommandStage stage;
  stage.world.variables = {{"DEEPGRAM_ACCESS_TOKEN", jwt_expiring(30s)}};
  stage.world.clock.advance(30s - 1ms);
  CHECK(chosen(stage, Auth::token).starts_with("Bearer "));
  stage.world.clock.advance(5s + 1ms);
  CHECK(chosen(stage, Auth::token) ==
        "forbidden: the token in DEEPGRAM_ACCESS_TOKEN expired 5 s ago by the local clock");
}

TEST_CASE("session::choose_credential: what is missing is not looked for elsewhere, promise 16") {
  CommandStage stage;
  stage.world.variables = {{"DEEPGRAM_API_KEY", std::string(fake_key)}};
  CHECK(chosen(stage, Auth::token) == "no_credential: DEEPGRAM_ACCESS_TOKEN is not set");
  stage.world.variables = {{"DEEPGRAM_ACCESS_TOKEN", jwt_expiring(30s)}};
  CHECK(chosen(stage, Auth::key).starts_with("no_credential: no API key found"));
  CHECK(chosen(stage, Auth::grant).starts_with("no_credential: no API key found"));
}

}  // namespace dgauth::session
