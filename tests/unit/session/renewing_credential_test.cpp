// SPDX-License-Identifier: MIT
#include "session/renewing_credential.hpp"

#include <string>
#include <vector>

#include "support/command_stage.hpp"
#include "support/temporary_folder.hpp"

namespace dgauth::session {
namespace {

using namespace std::chrono_literals;
using options::Auth;
using options::MintOptions;
using support::CommandStage;
using support::fake_key;
using support::grant_reply;

// Runs `steps` with a credential of this kind; what it could not open with is the result.
template <typename Steps>
Result<ExitStatus> with_credential(CommandStage& stage, std::optional<Auth> auth, const MintOptions& options,
                                   Steps steps) {
  return stage
      .run([&](const Context& context) -> Result<ExitStatus> {
        TRY_ASSIGN(const std::unique_ptr<Session> session, Session::open(context));
        TRY_ASSIGN(const std::unique_ptr<RenewingCredential> credential,
                   RenewingCredential::open(*session, auth, options));
        TRY_ASSIGN(deepgram::Api * api, session->api());
        steps(*credential, *api);
        return ExitStatus::ok;
      })
      .result;
}

// What is given: the token, or the message.
std::string given(RenewingCredential& credential, deepgram::Api& api) {
  std::string text = "never done";
  credential.give_fresh(api, std::chrono::minutes(1), [&](const Result<deepgram::Credential>& fresh) {
    text = fresh ? std::string(fresh->secret.reveal()) : fresh.error().message;
  });
  api.run();
  return text;
}

// The same when what there was has been refused.
std::string renewed(RenewingCredential& credential, deepgram::Api& api) {
  credential.invalidate(credential.serial());
  return given(credential, api);
}

}  // namespace

TEST_CASE("session::RenewingCredential: a key, a token and none are fresh from the first, and are not renewed") {
  CommandStage stage;
  stage.world.variables = {{"DEEPGRAM_API_KEY", std::string(fake_key)},
                           {"DEEPGRAM_ACCESS_TOKEN", support::jwt_expiring(30s)}};
  struct Row {
    std::optional<Auth> auth;
    deepgram::CredentialKind kind;
  };
  for (const Row& row :
       {Row{Auth::key, deepgram::CredentialKind::api_key}, Row{Auth::token, deepgram::CredentialKind::access_token},
        Row{std::nullopt, deepgram::CredentialKind::none}}) {
    const Result<ExitStatus> done =
        with_credential(stage, row.auth, {}, [&](RenewingCredential& credential, deepgram::Api& /*api*/) {
          CHECK(credential.credential().kind == row.kind);
          CHECK(credential.is_fresh());
          CHECK_FALSE(credential.is_renewable());
          credential.invalidate(credential.serial());
          CHECK(credential.is_fresh());  // there is nothing better to be had
        });
    CHECK(done.has_value());
  }
}

TEST_CASE("session::RenewingCredential: minted on demand, stale once expired or invalidated, and then renewed") {
  CommandStage stage;
  stage.world.variables = {{"DEEPGRAM_API_KEY", std::string(fake_key)}};
  stage.client.will_answer(200, grant_reply("fake-token-1", 30));
  stage.client.will_answer(200, grant_reply("fake-token-2", 30));
  stage.client.will_answer(200, grant_reply("fake-token-3", 30));
  const auto done = with_credential(stage, Auth::grant, {}, [&](RenewingCredential& credential, deepgram::Api& api) {
    CHECK(stage.client.requests.empty());
    CHECK_FALSE(credential.is_fresh());
    CHECK(credential.serial() == 0);
    CHECK(renewed(credential, api) == "fake-token-1");
    CHECK(credential.is_fresh());
    CHECK(credential.expires_at() == support::noon + 30s);
    stage.world.clock.advance(30s - 1ms);
    CHECK(credential.is_fresh());
    CHECK(given(credential, api) == "fake-token-1");
    stage.world.clock.advance(1ms);
    CHECK_FALSE(credential.is_fresh());
    CHECK(renewed(credential, api) == "fake-token-2");
    CHECK(credential.serial() == 2);
    credential.invalidate(1);  // what was refused is not this one
    CHECK(credential.is_fresh());
    credential.invalidate(2);
    CHECK_FALSE(credential.is_fresh());
    CHECK(renewed(credential, api) == "fake-token-3");
    CHECK(credential.is_fresh());
  });
  CHECK(done.has_value());
}

TEST_CASE("session::RenewingCredential: one mint for all who ask while it is under way, and its failure too") {
  CommandStage stage;
  stage.world.variables = {{"DEEPGRAM_API_KEY", std::string(fake_key)}};
  stage.client.will_answer(403, R"({"category":"FORBIDDEN","message":"no"})");
  stage.client.will_answer(200, grant_reply("fake-token-1", 30));
  const auto done = with_credential(stage, Auth::grant, {}, [&](RenewingCredential& credential, deepgram::Api& api) {
    for (const std::size_t mints : {1U, 2U}) {
      std::vector<bool> fresh;
      for (int i = 0; i < 3; ++i) {
        credential.give_fresh(api, std::chrono::minutes(1),
                              [&](const Result<deepgram::Credential>& given) { fresh.push_back(given.has_value()); });
      }
      api.run();
      CHECK(fresh == std::vector<bool>(3, mints == 2));
      CHECK(stage.client.requests.size() == mints);
    }
  });
  CHECK(done.has_value());
}

TEST_CASE("session::RenewingCredential: a mint that fails says why, and leaves no credential behind") {
  CommandStage stage;
  stage.world.variables = {{"DEEPGRAM_API_KEY", std::string(fake_key)}};
  stage.client.will_answer(403, R"({"category":"FORBIDDEN","message":"no"})");
  stage.client.will_answer(200, grant_reply("fake-token-1", 15));
  MintOptions strict{.ttl = *deepgram::Ttl::of(30s), .strict_ttl = true};
  const auto done =
      with_credential(stage, Auth::grant, strict, [&](RenewingCredential& credential, deepgram::Api& api) {
        CHECK(renewed(credential, api).starts_with("this API key cannot mint tokens"));
        CHECK(renewed(credential, api).starts_with("the server granted 15 s instead of the requested 30 s"));
        CHECK_FALSE(credential.is_fresh());
        CHECK(credential.serial() == 0);
        CHECK(credential.credential().secret.empty());
      });
  CHECK(done.has_value());
}

TEST_CASE("session::RenewingCredential: a warning about the lifetime comes once, not with every renewal") {
  CommandStage stage;
  stage.world.variables = {{"DEEPGRAM_API_KEY", std::string(fake_key)}};
  for (int i = 0; i < 3; ++i) {
    stage.client.will_answer(200, grant_reply("fake-token-1", 15));
  }
  const auto done = with_credential(stage, Auth::grant, {.ttl = *deepgram::Ttl::of(30s)},
                                    [&](RenewingCredential& credential, deepgram::Api& api) {
                                      for (int i = 0; i < 3; ++i) {
                                        renewed(credential, api);
                                      }
                                    });
  CHECK(done.has_value());
  CHECK(stage.world.console.err == "dgauth: warning: the server granted 15 s instead of the requested 30 s\n");
}

TEST_CASE("session::RenewingCredential: with a cache the first token comes from there, and renewed ones go there") {
  support::TemporaryFolder directory;
  const auto run_once = [&directory](std::string_view reply_token, const auto& steps) {
    CommandStage stage;
    stage.world.variables = {{"DEEPGRAM_API_KEY", std::string(fake_key)}, {"XDG_CACHE_HOME", directory.path()}};
    if (!reply_token.empty()) {
      stage.client.will_answer(200, grant_reply(reply_token, 30));
    }
    CHECK(with_credential(stage, Auth::grant, {.cache = true}, steps).has_value());
  };
  const auto secret_is = [](std::string token) {
    return [token](const RenewingCredential& credential, deepgram::Api& /*api*/) {
      CHECK(credential.is_fresh());
      CHECK(credential.credential().secret.reveal() == token);
    };
  };
  run_once("fake-token-1", secret_is("fake-token-1"));
  run_once("", secret_is("fake-token-1"));
  run_once("fake-token-2", [](RenewingCredential& credential, deepgram::Api& api) { renewed(credential, api); });
  run_once("", secret_is("fake-token-2"));
}

}  // namespace dgauth::session
