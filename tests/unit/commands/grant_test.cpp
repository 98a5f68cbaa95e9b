// SPDX-License-Identifier: MIT
#include "commands/grant.hpp"

#include <fmt/format.h>

#include "support/command_stage.hpp"
#include "support/temporary_folder.hpp"

namespace dgauth::commands {
namespace {

using namespace std::chrono_literals;
using support::CommandStage;
using support::content_of;
using support::fake_key;
using support::grant_reply;
using support::grant_request_with;
using support::mode_of;
using support::Outcome;
using support::TemporaryFolder;

const std::string token = support::jwt_expiring(60s);

// A stage where the environment has the key and one mint of `token` succeeds.
struct Mint : CommandStage {
  Mint() : Mint(60) {}
  explicit Mint(int granted_seconds) {
    world.variables = {{"DEEPGRAM_API_KEY", std::string(fake_key)}};
    client.will_answer(200, grant_reply(token, granted_seconds), "fake-request-1");
  }
};

GrantOptions sixty_seconds() {
  GrantOptions options;
  options.mint.ttl = *deepgram::Ttl::of(60s);
  return options;
}

Outcome printed(std::string out, std::string body = R"({"ttl_seconds":60})") {
  return {.result = ExitStatus::ok,
          .out = std::move(out),
          .err = {},
          .requests = {grant_request_with(fake_key, std::move(body))}};
}

}  // namespace

TEST_CASE("commands::run_grant prints the bare token and a line end") {
  Mint stage;
  CHECK(stage.run(sixty_seconds()) == printed(token + "\n"));
}

TEST_CASE("commands::run_grant without a TTL leaves the field out, and the default of the server is no surprise") {
  Mint stage(30);
  CHECK(stage.run(GrantOptions{}).requests == printed("", "{}").requests);
  CHECK(stage.world.console.out == token + "\n");
  CHECK(stage.world.console.err == "");
}

TEST_CASE("commands::run_grant prints each format") {
  struct Row {
    std::string format, variable, out;
  };
  const Row rows[] = {
      {"token", "", token + "\n"},
      {"json", "",
       fmt::format(R"({{"access_token":"{}","token_type":"Bearer","expires_in":60,"expires_at":"2026-03-01T12:01:00Z",)"
                   R"("expires_at_unix":1772366460,"requested_ttl":60,"base_url":"https://api.deepgram.com",)"
                   R"("request_id":"fake-request-1","key_source":"env:DEEPGRAM_API_KEY","cached":false}})"
                   "\n",
                   token)},
      {"header", "", "Authorization: Bearer " + token + "\n"},
      {"export", "", "export DEEPGRAM_ACCESS_TOKEN='" + token + "'\n"},
      {"export", "MY_TOKEN", "export MY_TOKEN='" + token + "'\n"},
      {"fish", "", "set -gx DEEPGRAM_ACCESS_TOKEN '" + token + "'\n"},
      {"fish", "T", "set -gx T '" + token + "'\n"},
      {"dotenv", "", "DEEPGRAM_ACCESS_TOKEN=" + token + "\n"},
      {"dotenv", "T", "T=" + token + "\n"},
      {"curl", "", "header = \"Authorization: Bearer " + token + "\"\n"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.format);
    Mint stage;
    stage.global.output = row.format;
    GrantOptions options = sixty_seconds();
    options.variable = row.variable;
    CHECK(stage.run(options) == printed(row.out));
  }
}

TEST_CASE("commands::run_grant prints the same bytes on a terminal and in a pipe") {
  for (const bool is_terminal : {false, true}) {
    Mint stage;
    stage.world.console.out_is_a_terminal = is_terminal;
    stage.world.console.err_is_a_terminal = is_terminal;
    CHECK(stage.run(sixty_seconds()) == printed(token + "\n"));
  }
}

TEST_CASE("commands::run_grant on failure: nothing on stdout, promise 16") {
  struct Row {
    int status;
    std::string_view body;
    ErrorKind kind;
  };
  constexpr Row rows[] = {
      {401, R"({"err_code":"INVALID_AUTH","err_msg":"Invalid credentials."})", ErrorKind::refused},
      {403, R"({"err_code":"FORBIDDEN","err_msg":"m"})", ErrorKind::forbidden},
      {429, "", ErrorKind::rate_limit},
      {500, "", ErrorKind::service},
      {302, "", ErrorKind::service},
      {200, "<html>", ErrorKind::service},
      {200, R"({"access_token":"fake'token"})", ErrorKind::service},
      {400, "", ErrorKind::rejected},
  };
  for (const Row& row : rows) {
    for (const std::string_view format : {"token", "json", "export", "header", "curl"}) {
      CAPTURE(row.status);
      CAPTURE(format);
      CommandStage stage;
      stage.world.variables = {{"DEEPGRAM_API_KEY", std::string(fake_key)}};
      stage.global.output = format;
      stage.client.will_answer(row.status, row.body);
      const Outcome outcome = stage.run(sixty_seconds());
      REQUIRE_FALSE(outcome.result.has_value());
      CHECK(outcome.result.error().kind == row.kind);
      CHECK(outcome.out == "");
      CHECK(outcome.err == "");
    }
  }
}

TEST_CASE("commands::run_grant without a credential makes no connection, promise 5") {
  for (const host::Environment::Variables& variables :
       {host::Environment::Variables{}, host::Environment::Variables{{"DEEPGRAM_API_KEY", ""}},
        host::Environment::Variables{{"DEEPGRAM_API_KEY", "  \n"}},
        host::Environment::Variables{{"DEEPGRAM_API_KEY", "fake\r\nX-Injected: 1"}}}) {
    CAPTURE(variables);
    CommandStage stage;
    stage.world.variables = variables;
    const Outcome outcome = stage.run(sixty_seconds());
    REQUIRE_FALSE(outcome.result.has_value());
    CHECK(exit_status_of(outcome.result.error().kind) == ExitStatus::no_credential);
    CHECK(outcome.out == "");
    CHECK(stage.client.made == 0);
  }
}

TEST_CASE("commands::run_grant warns of another life than asked for, and fails if it is strict") {
  {
    Mint stage(30);
    const Outcome outcome = stage.run(sixty_seconds());
    CHECK(outcome.result == ExitStatus::ok);
    CHECK(outcome.out == token + "\n");
    CHECK(outcome.err == "dgauth: warning: the server granted 30 s instead of the requested 60 s\n");
  }
  {
    Mint stage(30);
    stage.global.quiet = true;
    CHECK(stage.run(sixty_seconds()) == printed(token + "\n"));
  }
  GrantOptions strict = sixty_seconds();
  strict.mint.strict_ttl = true;
  {
    Mint stage(30);
    const Outcome outcome = stage.run(strict);
    REQUIRE_FALSE(outcome.result.has_value());
    CHECK(outcome.result.error().kind == ErrorKind::service);
    CHECK(outcome.result.error().message.find("30 s") != std::string::npos);
    CHECK(outcome.result.error().message.find("60 s") != std::string::npos);
    CHECK(outcome.result.error().request_id == "fake-request-1");
    CHECK(outcome.out == "");
    CHECK(outcome.err == "");
  }
  {
    Mint stage(60);
    CHECK(stage.run(strict) == printed(token + "\n"));
  }
}

TEST_CASE("commands::run_grant: strict about no TTL is usage, before anything is sent") {
  CommandStage stage;
  stage.world.variables = {{"DEEPGRAM_API_KEY", std::string(fake_key)}};
  GrantOptions options;
  options.mint.strict_ttl = true;
  for (const bool is_dry_run : {false, true}) {
    stage.global.dry_run = is_dry_run;
    const Outcome outcome = stage.run(options);
    REQUIRE_FALSE(outcome.result.has_value());
    CHECK(outcome.result.error().kind == ErrorKind::usage);
    CHECK(outcome.out == "");
  }
  CHECK(stage.client.made == 0);
}

TEST_CASE("commands::run_grant: --var where no variable is written, is usage") {
  for (const std::string_view format : {"", "token", "json", "header", "curl"}) {
    CAPTURE(format);
    CommandStage stage;
    stage.world.variables = {{"DEEPGRAM_API_KEY", std::string(fake_key)}};
    stage.global.output = format;
    GrantOptions options = sixty_seconds();
    options.variable = "T";
    const Outcome outcome = stage.run(options);
    REQUIRE_FALSE(outcome.result.has_value());
    CHECK(outcome.result.error().kind == ErrorKind::usage);
    CHECK(stage.client.made == 0);
  }
}

TEST_CASE("commands::run_grant writes to --out instead of stdout, private, promise 23") {
  const TemporaryFolder directory;
  Mint stage;
  stage.global.output = "export";
  GrantOptions options = sixty_seconds();
  options.out = directory.at("token.sh");
  CHECK(stage.run(options) == printed(""));
  CHECK(content_of(options.out) == "export DEEPGRAM_ACCESS_TOKEN='" + token + "'\n");
  CHECK(mode_of(options.out) == 0600);
}

TEST_CASE("commands::run_grant fails with output where the token did not get out, promise 22") {
  {
    Mint stage;
    stage.world.console.refuses_out = true;
    CHECK(stage.run(sixty_seconds()).result.error().kind == ErrorKind::output);
  }
  {
    Mint stage;
    GrantOptions options = sixty_seconds();
    options.out = "/dev/full";
    CHECK(stage.run(options).result.error().kind == ErrorKind::output);
    CHECK(stage.world.console.out == "");
  }
}

TEST_CASE("commands::run_grant masks the token for GitHub's runner on stderr, before the token, promise 20") {
  struct Row {
    std::string_view value;
    bool is_masked;
  };
  for (const Row& row : {Row{"true", true}, Row{"false", false}, Row{"", false}, Row{"1", false}, Row{"TRUE", false}}) {
    CAPTURE(row.value);
    Mint stage;
    stage.world.variables["GITHUB_ACTIONS"] = row.value;
    Outcome expected = printed(token + "\n");
    expected.err = row.is_masked ? "::add-mask::" + token + "\n" : "";
    CHECK(stage.run(sixty_seconds()) == expected);
  }
  // Before: if stdout fails, the mask has been written.
  Mint stage;
  stage.world.variables["GITHUB_ACTIONS"] = "true";
  stage.world.console.refuses_out = true;
  CHECK(stage.run(sixty_seconds()).err == "::add-mask::" + token + "\n");
}

TEST_CASE("commands::run_grant -o github appends to the runner's files and prints nothing") {
  const TemporaryFolder directory;
  const std::string environment = directory.file("env", "OTHER=1\n");
  const std::string output = directory.at("output");
  Mint stage;
  stage.global.output = "github";
  stage.world.variables["GITHUB_ACTIONS"] = "true";
  stage.world.variables["GITHUB_ENV"] = environment;
  stage.world.variables["GITHUB_OUTPUT"] = output;
  Outcome expected = printed("");
  expected.err = "::add-mask::" + token + "\n";
  CHECK(stage.run(sixty_seconds()) == expected);
  CHECK(content_of(environment) == "OTHER=1\nDEEPGRAM_ACCESS_TOKEN=" + token + "\n");
  CHECK(content_of(output) == "token=" + token + "\n");

  Mint only_output;
  only_output.global.output = "github";
  only_output.world.variables["GITHUB_OUTPUT"] = output;
  CHECK(only_output.run(sixty_seconds()).result == ExitStatus::ok);
  CHECK(content_of(output) == "token=" + token + "\ntoken=" + token + "\n");
}

TEST_CASE("commands::run_grant -o github with neither file, or with --out, is usage before anything is minted") {
  const TemporaryFolder directory;
  CommandStage stage;
  stage.global.output = "github";
  stage.world.variables = {{"DEEPGRAM_API_KEY", std::string(fake_key)}, {"GITHUB_ENV", ""}};
  CHECK(stage.run(sixty_seconds()).result.error().kind == ErrorKind::usage);
  stage.world.variables["GITHUB_ENV"] = directory.at("env");
  GrantOptions options = sixty_seconds();
  options.out = directory.at("out");
  CHECK(stage.run(options).result.error().kind == ErrorKind::usage);
  CHECK(stage.client.made == 0);
  CHECK(directory.size() == 0);
}

}  // namespace dgauth::commands
