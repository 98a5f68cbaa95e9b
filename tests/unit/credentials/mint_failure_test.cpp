// SPDX-License-Identifier: MIT
#include "credentials/mint_failure.hpp"

#include <functional>

#include "credentials/token_cache.hpp"
#include "host/private_directory.hpp"
#include "support/printing.hpp"
#include "support/temporary_folder.hpp"
#include "support/test_host.hpp"

namespace dgauth::credentials {
namespace {

using namespace std::chrono_literals;

const Error forbidden{.kind = ErrorKind::forbidden,
                      .message = "the API key may not mint tokens (HTTP 403)",
                      .hint = "make a key that may",
                      .http_status = 403,
                      .request_id = "fake-request-1"};

// Processes that ask for the token `name`, whose mint fails with `outcome`.
struct Stage {
  support::TemporaryFolder home;
  support::TestHost world;
  Error outcome = forbidden;
  int minted = 0;
  std::function<void()> at_sleep = [] {};

  Stage() { world.variables = {{"HOME", home.path()}}; }
  host::PrivateDirectory directory() const { return host::PrivateDirectory::open(home.at(".cache/dgauth")).value(); }
  std::optional<Error> ask() {
    host::Host host = world.host();
    host.clock.sleep = [this](std::chrono::steady_clock::duration time) {
      world.clock.advance(time);
      at_sleep();
    };
    const Result<deepgram::AccessToken> token = find_or_mint(
        "name", {}, [](const deepgram::AccessToken& /*token*/) { return true; }, 5s, host,
        host::Messages(world.console, false, false),
        [this](std::chrono::milliseconds /*time*/) {
          ++minted;
          return fail(outcome);
        });
    return token ? std::nullopt : std::optional(token.error());
  }
};

}  // namespace

TEST_CASE("credentials: a failure that is left says what the error said, and anything else nothing") {
  for (const Error& error :
       {forbidden, Error{.kind = ErrorKind::payment, .message = "no credit left", .http_status = 402}}) {
    const std::optional<MintFailure> read = decode_failure(Secret(encode_failure({.serial = 7, .error = error})));
    REQUIRE(read.has_value());
    CHECK(read->serial == 7);
    CHECK(read->error == error);
  }
  for (const std::string_view text : {"", "x", "{}", "[]", R"({"serial":1,"kind":"payment","http_status":402})",
                                      R"({"serial":0,"kind":"payment","message":"m","http_status":402})",
                                      R"({"serial":1e300,"kind":"payment","message":"m","http_status":402})",
                                      R"({"serial":1,"kind":"payment","message":"m"})",
                                      R"({"serial":1,"kind":"network","message":"m","http_status":402})",
                                      R"({"serial":1,"kind":"nonsense","message":"m","http_status":402})",
                                      R"({"kind":"payment","message":"m","http_status":402})"}) {
    CAPTURE(text);
    CHECK_FALSE(decode_failure(Secret(text)).has_value());
  }
}

TEST_CASE("credentials::find_or_mint: who waits for a mint that fails takes its failure, and who comes later asks") {
  Stage stage;
  const host::PrivateDirectory directory = stage.directory();
  Result<host::Descriptor> lock = directory.try_lock("name.lock");
  Error other = forbidden;
  other.message = "what the other process heard";
  for (const std::int64_t serial : {1, 2}) {
    stage.at_sleep = [&] {
      host::PrivateDirectory::write_locked(*lock, encode_failure({.serial = serial, .error = other}));
    };
    CHECK(stage.ask() == other);
    CHECK(stage.minted == 0);
  }
  stage.at_sleep = [&lock] { lock->close(); };
  CHECK(stage.ask() == forbidden);  // what was left before it came is not for it
  CHECK(stage.minted == 1);
}

TEST_CASE("credentials::find_or_mint leaves what its mint failed with, if that concerns all") {
  Stage stage;
  const auto left = [&stage] { return decode_failure(stage.directory().read("name.lock", 10'000).value()); };
  CHECK(stage.ask() == forbidden);
  REQUIRE(left().has_value());
  CHECK(left()->serial == 1);
  CHECK(left()->error == forbidden);
  // Another process may have more time, or may try more often.
  for (const Error& own : {Error{.kind = ErrorKind::service, .message = "m", .http_status = 503},
                           Error{.kind = ErrorKind::network, .message = "m"}}) {
    stage.outcome = own;
    CHECK(stage.ask() == own);
    CHECK(left()->serial == 1);
  }
  stage.outcome = {.kind = ErrorKind::payment, .message = "short", .http_status = 402};
  CHECK(stage.ask() == stage.outcome);
  CHECK(left()->serial == 2);
  CHECK(left()->error == stage.outcome);
  stage.outcome = {.kind = ErrorKind::internal, .message = "no memory left"};
  CHECK(stage.ask() == stage.outcome);
  CHECK(left()->serial == 2);
  CHECK(stage.minted == 5);
}

}  // namespace dgauth::credentials
