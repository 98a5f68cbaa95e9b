// SPDX-License-Identifier: MIT
#include "commands/header.hpp"

#include "support/command_stage.hpp"
#include "support/temporary_folder.hpp"

namespace dgauth::commands {
namespace {

using namespace std::chrono_literals;
using support::CommandStage;
using support::fake_key;
using support::Outcome;

const std::string token = support::jwt_expiring(60s);

HeaderOptions with_auth(options::Auth auth) {
  HeaderOptions options;
  options.auth = auth;
  return options;
}

}  // namespace

TEST_CASE("commands::run_header mints a token and prints it in each format") {
  const std::string json =
      R"({"Authorization":"Bearer )" + token + R"(","Sec-WebSocket-Protocol":"bearer, )" + token + "\"}\n";
  const std::string rows[][2] = {
      {"", "Authorization: Bearer " + token + "\n"},
      {"header", "Authorization: Bearer " + token + "\n"},
      {"value", "Bearer " + token + "\n"},
      {"curl", "header = \"Authorization: Bearer " + token + "\"\n"},
      {"ws", "Sec-WebSocket-Protocol: bearer, " + token + "\n"},
      {"ws-value", "bearer, " + token + "\n"},
      {"json", json},
  };
  for (const auto& row : rows) {
    CAPTURE(row[0]);
    const auto& [format, out] = row;
    CommandStage stage;
    stage.world.variables = {{"DEEPGRAM_API_KEY", std::string(fake_key)}};
    stage.client.will_answer(200, support::grant_reply(token, 60));
    stage.global.output = format;
    HeaderOptions options;
    options.mint.ttl = *deepgram::Ttl::of(60s);
    CHECK(stage.run(options) == Outcome{.result = ExitStatus::ok,
                                        .out = out,
                                        .err = "",
                                        .requests = {support::grant_request_with(fake_key, R"({"ttl_seconds":60})")}});
  }
}

TEST_CASE("commands::run_header --auth key prints the key as Token, with a warning, and sends nothing") {
  const std::string key(fake_key);
  const std::string rows[][2] = {
      {"header", "Authorization: Token " + key + "\n"},
      {"value", "Token " + key + "\n"},
      {"curl", "header = \"Authorization: Token " + key + "\"\n"},
      {"ws", "Sec-WebSocket-Protocol: token, " + key + "\n"},
      {"ws-value", "token, " + key + "\n"},
      {"json", R"({"Authorization":"Token )" + key + R"(","Sec-WebSocket-Protocol":"token, )" + key + "\"}\n"},
  };
  for (const auto& row : rows) {
    CAPTURE(row[0]);
    const auto& [format, out] = row;
    CommandStage stage;
    stage.world.variables = {{"DEEPGRAM_API_KEY", key}};
    stage.global.output = format;
    const Outcome outcome = stage.run(with_auth(options::Auth::key));
    CHECK(outcome.result == ExitStatus::ok);
    CHECK(outcome.out == out);
    CHECK(outcome.err.starts_with("dgauth: warning: "));
    CHECK(outcome.err.find(key.substr(0, 8)) == std::string::npos);
    CHECK(stage.client.made == 0);
  }
}

TEST_CASE("commands::run_header: a key with backslashes is escaped for curl -K, promise 21") {
  CommandStage stage;
  stage.world.variables = {{"DEEPGRAM_API_KEY", R"(fake-key\with,all$of`them)"}};
  stage.global.output = "curl";
  stage.global.quiet = true;
  CHECK(stage.run(with_auth(options::Auth::key)).out == R"(header = "Authorization: Token fake-key\\with,all$of`them")"
                                                        "\n");
}

TEST_CASE("commands::run_header --auth token prints the token of the environment") {
  struct Row {
    std::string_view what;
    std::string token;
  };
  const Row rows[] = {
      {"a token that lives", support::jwt_expiring(1s)},
      {"a token without expiry", support::jwt_with("{}")},
      {"no JWT, but of a token's alphabet", "fake-opaque-token"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.what);
    CommandStage stage;
    stage.world.variables = {{"DEEPGRAM_ACCESS_TOKEN", row.token}, {"DEEPGRAM_API_KEY", std::string(fake_key)}};
    CHECK(stage.run(with_auth(options::Auth::token)) ==
          Outcome{
              .result = ExitStatus::ok, .out = "Authorization: Bearer " + row.token + "\n", .err = "", .requests = {}});
    CHECK(stage.client.made == 0);
  }
}

TEST_CASE("commands::run_header --auth token: none, malformed or expired") {
  struct Row {
    std::string_view what;
    host::Environment::Variables variables;
    ExitStatus status;
  };
  const Row rows[] = {
      {"none, and the key is not taken instead",
       {{"DEEPGRAM_API_KEY", std::string(fake_key)}},
       ExitStatus::no_credential},
      {"empty", {{"DEEPGRAM_ACCESS_TOKEN", ""}}, ExitStatus::no_credential},
      {"with its scheme", {{"DEEPGRAM_ACCESS_TOKEN", "Bearer " + token}}, ExitStatus::no_credential},
      {"with a line end", {{"DEEPGRAM_ACCESS_TOKEN", token + "\n"}}, ExitStatus::no_credential},
      {"expires now", {{"DEEPGRAM_ACCESS_TOKEN", support::jwt_expiring(0s)}}, ExitStatus::forbidden},
      {"expired", {{"DEEPGRAM_ACCESS_TOKEN", support::jwt_expiring(-3600s)}}, ExitStatus::forbidden},
  };
  for (const Row& row : rows) {
    CAPTURE(row.what);
    CommandStage stage;
    stage.world.variables = row.variables;
    const Outcome outcome = stage.run(with_auth(options::Auth::token));
    REQUIRE_FALSE(outcome.result.has_value());
    CHECK(exit_status_of(outcome.result.error().kind) == row.status);
    CHECK(outcome.out == "");
    CHECK(stage.client.made == 0);
    const Error& error = outcome.result.error();
    CHECK((error.message + error.hint + outcome.err).find(token.substr(0, 30)) == std::string::npos);
  }
}

TEST_CASE("commands::run_header: what concerns a mint is usage where nothing is minted") {
  for (const options::Auth auth : {options::Auth::key, options::Auth::token}) {
    CAPTURE(auth);
    HeaderOptions with_ttl = with_auth(auth);
    with_ttl.mint.ttl = *deepgram::Ttl::of(60s);
    HeaderOptions strict = with_auth(auth);
    strict.mint.strict_ttl = true;
    for (const HeaderOptions& options : {with_ttl, strict}) {
      CommandStage stage;
      stage.world.variables = {{"DEEPGRAM_API_KEY", std::string(fake_key)}};
      const Outcome outcome = stage.run(options);
      REQUIRE_FALSE(outcome.result.has_value());
      CHECK(outcome.result.error().kind == ErrorKind::usage);
      CHECK(outcome.out == "");
    }
  }
}

TEST_CASE("commands::run_header: a failed mint prints nothing, least of all the key, promise 16") {
  CommandStage stage;
  stage.world.variables = {{"DEEPGRAM_API_KEY", std::string(fake_key)}};
  stage.client.will_answer(403, R"({"err_code":"FORBIDDEN","err_msg":"m"})");
  const Outcome outcome = stage.run(HeaderOptions{});
  REQUIRE_FALSE(outcome.result.has_value());
  CHECK(outcome.result.error().kind == ErrorKind::forbidden);
  CHECK(outcome.out == "");
  CHECK(outcome.err == "");
}

TEST_CASE("commands::run_header masks whatever secret it prints for GitHub's runner, promise 20") {
  CommandStage stage;
  stage.world.variables = {{"DEEPGRAM_API_KEY", std::string(fake_key)}, {"GITHUB_ACTIONS", "true"}};
  stage.global.quiet = true;
  CHECK(stage.run(with_auth(options::Auth::key)).err == "::add-mask::" + std::string(fake_key) + "\n");
  // The runner decodes these: as it stands it would mask another text.
  CommandStage percent;
  percent.world.variables = {{"DEEPGRAM_API_KEY", "abc%25def%0Aghi%"}, {"GITHUB_ACTIONS", "true"}};
  percent.global.quiet = true;
  CHECK(percent.run(with_auth(options::Auth::key)).err == "::add-mask::abc%2525def%250Aghi%25\n");
  CommandStage of_token;
  of_token.world.variables = {{"DEEPGRAM_ACCESS_TOKEN", token}, {"GITHUB_ACTIONS", "true"}};
  CHECK(of_token.run(with_auth(options::Auth::token)).err == "::add-mask::" + token + "\n");
}

TEST_CASE("commands::run_header writes to --out, private, promise 23") {
  const support::TemporaryFolder directory;
  CommandStage stage;
  stage.world.variables = {{"DEEPGRAM_ACCESS_TOKEN", token}};
  HeaderOptions options = with_auth(options::Auth::token);
  options.out = directory.at("header");
  CHECK(stage.run(options) == Outcome{.result = ExitStatus::ok, .out = "", .err = "", .requests = {}});
  CHECK(support::content_of(options.out) == "Authorization: Bearer " + token + "\n");
  CHECK(support::mode_of(options.out) == 0600);
}

TEST_CASE("commands::run_header --out replaces what any format of it wrote, of a token or a key") {
  const support::TemporaryFolder directory;
  for (const options::Auth auth : {options::Auth::token, options::Auth::key}) {
    HeaderOptions options = with_auth(auth);
    options.out = directory.file("header", "");
    for (const std::string_view format : {"header", "value", "curl", "ws", "ws-value", "json", "header"}) {
      CAPTURE(auth);
      CAPTURE(format);
      CommandStage stage;
      stage.world.variables = {{"DEEPGRAM_ACCESS_TOKEN", token}, {"DEEPGRAM_API_KEY", std::string(40, 'f')}};
      stage.global.output = format;
      CHECK(stage.run(options).result == ExitStatus::ok);
    }
  }
}

TEST_CASE("options::parse_auth") {
  CHECK(options::parse_auth("grant") == options::Auth::grant);
  CHECK(options::parse_auth("key") == options::Auth::key);
  CHECK(options::parse_auth("token") == options::Auth::token);
  for (const std::string_view text : {"", "Grant", "keys", "none", "key "}) {
    CHECK(options::parse_auth(text).error().kind == ErrorKind::usage);
  }
}

}  // namespace dgauth::commands
