// SPDX-License-Identifier: MIT
#include "output/dry_run.hpp"

#include <fmt/format.h>

#include "base/version.hpp"
#include "support/command_stage.hpp"
#include "support/temporary_folder.hpp"

namespace dgauth::output {
namespace {

using commands::GrantOptions;
using commands::HeaderOptions;

using namespace std::chrono_literals;
using support::CommandStage;
using support::fake_key;
using support::Outcome;

GrantOptions sixty_seconds() {
  GrantOptions options;
  options.mint.ttl = *deepgram::Ttl::of(60s);
  return options;
}

std::string user_agent() { return fmt::format("dgauth/{}", version()); }

std::string http_text(const std::string& target, const std::string& host, const std::string& key) {
  return fmt::format(
      "POST {} HTTP/1.1\nHost: {}\nAuthorization: Token {}\nUser-Agent: {}\nContent-Type: application/json\n\n"
      "{{\"ttl_seconds\":60}}\n",
      target, host, key, user_agent());
}

Outcome shown(std::string out) { return {.result = ExitStatus::ok, .out = std::move(out), .err = "", .requests = {}}; }

}  // namespace

TEST_CASE("commands: --dry-run shows the request as text, json or curl, and sends nothing, promise 19") {
  const std::string json = fmt::format(
      R"({{"method":"POST","url":"https://api.deepgram.com/v1/auth/grant","headers":{{"Authorization":"Token <redacted>",)"
      R"("User-Agent":"{}","Content-Type":"application/json"}},"body":"{{\"ttl_seconds\":60}}"}})"
      "\n",
      user_agent());
  const std::string curl = fmt::format(
      "curl --request POST --header \"Authorization: Token $DEEPGRAM_API_KEY\" --header 'User-Agent: {}' "
      "--header 'Content-Type: application/json' --data-binary '{{\"ttl_seconds\":60}}' "
      "'https://api.deepgram.com/v1/auth/grant'\n",
      user_agent());
  const std::string text = http_text("/v1/auth/grant", "api.deepgram.com", "<redacted>");
  const std::string rows[][2] = {{"", text}, {"text", text}, {"token", text}, {"json", json}, {"curl", curl}};
  for (const auto& row : rows) {
    CAPTURE(row[0]);
    const auto& [format, out] = row;
    for (const bool is_header : {false, true}) {
      CommandStage stage;
      stage.world.variables = {{"DEEPGRAM_API_KEY", std::string(fake_key)}};
      stage.global.dry_run = true;
      stage.global.output = is_header && format == "token" ? "value" : format;  // a format of the command
      HeaderOptions header;
      header.mint = sixty_seconds().mint;
      CHECK((is_header ? stage.run(header) : stage.run(sixty_seconds())) == shown(out));
      CHECK(stage.client.made == 0);
    }
  }
}

TEST_CASE("commands: --dry-run shows host, port and prefix of the base URL") {
  const std::string rows[][3] = {
      {"https://proxy.example/deepgram", "/deepgram/v1/auth/grant", "proxy.example"},
      {"https://proxy.example:8443", "/v1/auth/grant", "proxy.example:8443"},
      {"http://[::1]:8080/a/b/", "/a/b/v1/auth/grant", "[::1]:8080"},
  };
  for (const auto& row : rows) {
    CAPTURE(row[0]);
    const auto& [base_url, target, host] = row;
    CommandStage stage;
    stage.world.variables = {{"DEEPGRAM_API_KEY", std::string(fake_key)}};
    stage.global.dry_run = true;
    stage.global.base_url = *deepgram::BaseUrl::parse(base_url);
    CHECK(stage.run(sixty_seconds()) == shown(http_text(target, host, "<redacted>")));
  }
}

TEST_CASE("commands: --dry-run shows <key> for a key that is missing or needs a command, and runs none") {
  const support::TemporaryFolder directory;
  const std::string out = http_text("/v1/auth/grant", "api.deepgram.com", "<key>");
  {
    CommandStage stage;
    stage.global.dry_run = true;
    CHECK(stage.run(sixty_seconds()) == shown(out));
  }
  {
    CommandStage stage;
    stage.global.dry_run = true;
    stage.global.config = directory.file(
        "config.toml",
        fmt::format("profile = \"p\"\n[profiles.p]\napi_key_command = [\"touch\", \"{}\"]\n", directory.at("was-run")));
    CHECK(stage.run(sixty_seconds()) == shown(out));
    CHECK(directory.size() == 1);
  }
  {
    CommandStage stage;
    stage.global.dry_run = true;
    stage.global.api_key_file = "-";
    stage.world.console.in_is_a_terminal = true;
    CHECK(stage.run(sixty_seconds()) == shown(out));
    CHECK(stage.world.console.prompts.empty());
  }
}

TEST_CASE("commands: --dry-run fails where the key that is there cannot be one") {
  CommandStage stage;
  stage.global.dry_run = true;
  stage.world.variables = {{"DEEPGRAM_API_KEY", "fake key"}};
  const Outcome outcome = stage.run(sixty_seconds());
  REQUIRE_FALSE(outcome.result.has_value());
  CHECK(outcome.result.error().kind == ErrorKind::config);
  CHECK(outcome.out == "");
}

TEST_CASE("commands: --dry-run of header sends nothing where only a mint would") {
  for (const options::Auth auth : {options::Auth::key, options::Auth::token}) {
    CommandStage stage;
    stage.global.dry_run = true;
    stage.world.variables = {{"DEEPGRAM_API_KEY", std::string(fake_key)}, {"DEEPGRAM_ACCESS_TOKEN", "fake-token"}};
    HeaderOptions options;
    options.auth = auth;
    const Outcome outcome = stage.run(options);
    CHECK(outcome.result == ExitStatus::ok);
    CHECK(outcome.out.find("fake") == std::string::npos);
    CHECK(outcome.err.find("fake") == std::string::npos);
    CHECK(stage.client.made == 0);
  }
}

TEST_CASE("commands: --dry-run quotes a base URL for the shell, promise 21") {
  CommandStage stage;
  stage.world.variables = {{"DEEPGRAM_API_KEY", std::string(fake_key)}};
  stage.global.dry_run = true;
  stage.global.output = "curl";
  stage.global.base_url = *deepgram::BaseUrl::parse("https://h.example/it's$(id)`id`\"");
  const std::string out = stage.run(sixty_seconds()).out;
  CHECK(out.ends_with("'https://h.example/it'\\''s$(id)`id`\"/v1/auth/grant'\n"));
}

}  // namespace dgauth::output
