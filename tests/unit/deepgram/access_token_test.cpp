// SPDX-License-Identifier: MIT
#include "deepgram/access_token.hpp"

#include "support/deepgram_printing.hpp"
#include "support/made_up.hpp"

namespace dgauth::deepgram {
namespace {

using namespace std::chrono_literals;
using support::noon;

struct Row {
  std::string_view what;
  std::string token;
  std::optional<std::chrono::seconds> granted;
  std::optional<std::chrono::seconds> asked;
  std::size_t doubts;
};

AccessToken token_of(const Row& row) {
  return {.value = Secret(row.token),
          .expires_in = row.granted,
          .requested = row.asked ? std::optional(*Ttl::of(*row.asked)) : std::nullopt,
          .sent_at = noon,
          .request_id = {}};
}

}  // namespace

TEST_CASE("deepgram::AccessToken::expires_at counts from when the request was sent") {
  CHECK(token_of({"", "t", 60s, {}, 0}).expires_at() == noon + 60s);
  CHECK(token_of({"", "t", std::nullopt, 60s, 0}).expires_at() == std::nullopt);
}

TEST_CASE("deepgram::doubts_about says what a user should know, and nothing else") {
  const Row rows[] = {
      {"as asked", support::jwt_expiring(60s), 60s, 60s, 0},
      {"the server's default was asked for", support::jwt_expiring(30s), 30s, std::nullopt, 0},
      {"no JWT: nothing to compare", "fake-token", 60s, 60s, 0},
      {"a JWT without expiry", support::jwt_with("{}"), 60s, 60s, 0},
      {"another life than asked for", support::jwt_expiring(30s), 30s, 60s, 1},
      {"a longer life than asked for", support::jwt_expiring(61s), 61s, 60s, 1},
      {"the life is not known", support::jwt_with("{}"), std::nullopt, 60s, 1},
      {"the life is not known, nor asked for", "fake-token", std::nullopt, std::nullopt, 1},
      {"clocks differ by a minute", support::jwt_expiring(60s + 60s), 60s, 60s, 0},
      {"clocks differ by a minute, the other way", support::jwt_expiring(60s - 60s), 60s, 60s, 0},
      {"clocks differ by more than a minute", support::jwt_expiring(60s + 61s), 60s, 60s, 1},
      {"clocks differ by more than a minute, the other way", support::jwt_expiring(60s - 61s), 60s, 60s, 1},
      {"clocks differ by years", support::jwt_with(R"({"exp":1})"), 60s, 60s, 1},
      {"both", support::jwt_expiring(2h), 30s, 60s, 2},
  };
  for (const Row& row : rows) {
    CAPTURE(row.what);
    const std::vector<std::string> doubts = warnings_for(token_of(row));
    CHECK(doubts.size() == row.doubts);
    for (const std::string& doubt : doubts) {
      CHECK_FALSE(doubt.empty());
      CHECK_FALSE(doubt.ends_with('.'));
      CHECK(doubt.find('\n') == std::string::npos);
      CHECK(doubt.find(row.token.substr(0, 8)) == std::string::npos);
    }
  }
}

TEST_CASE("deepgram::doubts_about names both lives") {
  const std::vector<std::string> doubts = warnings_for(token_of({"", "fake-token", 30s, 3600s, 1}));
  REQUIRE(doubts.size() == 1);
  CHECK(doubts.front().find("30 s") != std::string::npos);
  CHECK(doubts.front().find("3600 s") != std::string::npos);
}

}  // namespace dgauth::deepgram
