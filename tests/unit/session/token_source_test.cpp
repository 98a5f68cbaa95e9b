// SPDX-License-Identifier: MIT
#include "session/token_source.hpp"

#include <functional>

#include "support/command_stage.hpp"
#include "support/temporary_folder.hpp"

namespace dgauth::session {
namespace {

using namespace std::chrono_literals;
using options::MintOptions;
using support::CommandStage;
using support::fake_key;
using support::grant_reply;
using support::TemporaryFolder;

// A stage with a key, and a cache of its own.
struct Stage : CommandStage {
  TemporaryFolder directory;
  Stage() { world.variables = {{"DEEPGRAM_API_KEY", std::string(fake_key)}, {"XDG_CACHE_HOME", directory.path()}}; }

  // What a source with these options gives, "TOKEN minted" or "TOKEN cached", or the message of its error.
  std::string obtained(const MintOptions& options) {
    std::string text;
    run([&](const Context& context) -> Result<ExitStatus> {
      TRY_ASSIGN(const std::unique_ptr<Session> session, Session::open(context));
      Result<deepgram::AccessToken> token = fail(ErrorKind::internal, "not asked");
      Result<TokenSource> source = TokenSource::open(*session, options);
      token = source ? source->obtain() : fail(source.error());
      text = token ? std::string(token->value.reveal()) + (token->is_cached ? " cached" : " minted") +
                         (token->key_source == "env:DEEPGRAM_API_KEY" ? "" : ", from nowhere")
                   : token.error().message;
      return ExitStatus::ok;
    });
    return text;
  }
};

MintOptions asking_for(std::chrono::seconds ttl) { return {.ttl = *deepgram::Ttl::of(ttl)}; }

}  // namespace

TEST_CASE("session::TokenSource: a token from the cache says so, a new one as well, and both where the key is from") {
  Stage stage;
  stage.client.will_answer(200, grant_reply("fake-token-1", 60));
  CHECK(stage.obtained({.cache = true}) == "fake-token-1 minted");
  CHECK(stage.obtained({.cache = true}) == "fake-token-1 cached");
  stage.client.will_answer(200, grant_reply("fake-token-2", 60));
  CHECK(stage.obtained({}) == "fake-token-2 minted");
  CHECK(stage.obtained({.cache = true}) == "fake-token-1 cached");  // what was not to be kept was not
}

TEST_CASE("session::TokenSource: a token from the cache is kept out of a server's words too, promise 19") {
  constexpr std::string_view opaque = "opaque-token.ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  Stage stage;
  stage.client.will_answer(200, grant_reply(opaque, 60));
  stage.obtained({.cache = true});
  stage.client.will_answer(400, R"({"err_msg":"you sent token.ABCDEFGHIJKLMNOPQ to us"})");
  std::string message;
  stage.run([&](const Context& context) -> Result<ExitStatus> {
    TRY_ASSIGN(const std::unique_ptr<Session> session, Session::open(context));
    TRY_ASSIGN(TokenSource source, TokenSource::open(*session, {.cache = true}));
    TRY_ASSIGN(const deepgram::AccessToken token, source.obtain());
    CHECK(token.is_cached);
    TRY_ASSIGN(deepgram::Api * api, session->api());
    api->start({.request = {},
                .credential = {deepgram::CredentialKind::access_token, token.value},
                .limits = session->limits_of_each()},
               [&message](const Result<http::Response>& response) { message = response.error().message; });
    api->run();
    return ExitStatus::ok;
  });
  CHECK(message == "the server rejected the request: you sent <redacted> to us (HTTP 400)");
}

TEST_CASE("session::TokenSource: the profile decides on cache, lifetime and least lifetime, and options beat it") {
  Stage stage;
  stage.global.config =
      stage.directory.file("config.toml", "profile = \"p\"\n[profiles.p]\ncache = true\nttl = 90\nmin_valid = 20\n");
  stage.client.will_answer(200, grant_reply("fake-token-1", 90));
  CHECK(stage.obtained({}) == "fake-token-1 minted");
  CHECK(stage.client.requests.back().body == R"({"ttl_seconds":90})");
  stage.world.clock.advance(69s);
  CHECK(stage.obtained({}) == "fake-token-1 cached");
  stage.world.clock.advance(2s);  // 19 s are left
  CHECK(stage.obtained({.min_valid = 18s}) == "fake-token-1 cached");
  stage.client.will_answer(200, grant_reply("fake-token-2", 90));
  CHECK(stage.obtained({}) == "fake-token-2 minted");
  stage.client.will_answer(200, grant_reply("fake-token-3", 90));
  CHECK(stage.obtained({.no_cache = true}) == "fake-token-3 minted");
  stage.client.will_answer(200, grant_reply("fake-token-4", 5));
  CHECK(stage.obtained(asking_for(5s)) == "fake-token-4 minted");
  CHECK(stage.client.requests.back().body == R"({"ttl_seconds":5})");
}

TEST_CASE("session::TokenSource: --strict-ttl takes neither a new nor a cached token of another lifetime") {
  Stage stage;
  MintOptions strict = asking_for(60s);
  strict.strict_ttl = true;
  stage.client.will_answer(200, grant_reply("fake-token-1", 30));
  CHECK(stage.obtained(strict) == "the server granted 30 s instead of the requested 60 s, and --strict-ttl is given");
  MintOptions cached = asking_for(60s);
  cached.cache = true;
  stage.client.will_answer(200, grant_reply("fake-token-2", 30));
  CHECK(stage.obtained(cached) == "fake-token-2 minted");
  strict.cache = true;
  stage.client.will_answer(200, grant_reply("fake-token-3", 60));
  CHECK(stage.obtained(strict) == "fake-token-3 minted");
  CHECK(stage.obtained(strict) == "fake-token-3 cached");
  CHECK(stage.obtained({.strict_ttl = true}) == "--strict-ttl needs --ttl, or ttl in the profile");
}

TEST_CASE("session::TokenSource: a mint has the limits of the session, less what waiting for the cache took") {
  Stage stage;
  stage.global.timeout = 20s;
  stage.global.retries = 0;
  for (const bool uses_cache : {false, true}) {
    stage.client.will_answer(200, grant_reply("fake-token-1", 60));
    stage.obtained({.cache = uses_cache});
    CHECK(stage.client.requests.back().limits == http::RequestLimits{.total = 20s, .retries = 0});
  }
}

TEST_CASE("session::TokenSource: without a key nothing is sent and no client is made") {
  CommandStage stage;
  const support::Outcome outcome = stage.run(commands::GrantOptions{});
  CHECK(outcome.result.error().kind == ErrorKind::no_credential);
  CHECK(outcome.requests.empty());
  CHECK(stage.client.made == 0);
}

TEST_CASE("session::TokenSource tells of a --min-valid that makes the cache useless, or has none") {
  const auto said = [](const options::MintOptions& options) {
    support::CommandStage stage;
    stage.world.variables = {{"DEEPGRAM_API_KEY", std::string(support::fake_key)}};
    Result<void> opened;
    stage.run([&](const Context& context) -> Result<ExitStatus> {
      const auto session = Session::open(context);
      opened = TokenSource::open(**session, options).map([](const TokenSource& /*source*/) {});
      return ExitStatus::ok;
    });
    return opened ? stage.world.console.err : "error: " + opened.error().message;
  };
  using std::chrono::seconds;
  const auto ttl = [](int count) { return deepgram::Ttl::of(seconds(count)).value(); };
  CHECK(said({.cache = true, .min_valid = seconds(60)}) ==
        "dgauth: warning: --min-valid 60 s is not shorter than the token lifetime of 30 s, so no cached token is ever "
        "used\n");
  CHECK(said({.ttl = ttl(60), .cache = true, .min_valid = seconds(60)}).starts_with("error: --min-valid 60 s"));
  CHECK(said({.ttl = ttl(61), .cache = true, .min_valid = seconds(60)}).empty());
  CHECK(said({.cache = true, .min_valid = seconds(29)}).empty());
  CHECK(said({.min_valid = seconds(10)}) ==
        "dgauth: warning: --min-valid has no effect without --cache, or cache = true in the profile\n");
}

}  // namespace dgauth::session
