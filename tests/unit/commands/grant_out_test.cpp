// SPDX-License-Identifier: MIT
#include "commands/grant.hpp"

#include <filesystem>

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
  Mint() {
    world.variables = {{"DEEPGRAM_API_KEY", std::string(fake_key)}};
    client.will_answer(200, grant_reply(token, 60), "fake-request-1");
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

TEST_CASE("commands::run_grant -o dotenv sets its own line in a file that is there") {
  const TemporaryFolder directory;
  GrantOptions options = sixty_seconds();
  options.out = directory.file(".env", "DATABASE_URL=postgres://localhost/app\nTOKEN=old\nLAST=1");
  options.variable = "TOKEN";
  Mint stage;
  stage.global.output = "dotenv";
  CHECK(stage.run(options) == printed(""));
  CHECK(content_of(options.out) == "DATABASE_URL=postgres://localhost/app\nTOKEN=" + token + "\nLAST=1");

  Mint open;
  open.global.output = "dotenv";
  options.out = directory.file("open", "A=1\n", 0644);
  Outcome warned = printed("");
  warned.err = "dgauth: warning: " + options.out + " now holds a token, so only its owner can read it (mode 0600)\n";
  CHECK(open.run(options) == warned);
  CHECK(mode_of(options.out) == 0600);
  CHECK(content_of(options.out) == "A=1\nTOKEN=" + token + "\n");

  CommandStage no_dotenv;
  no_dotenv.world.variables = {{"DEEPGRAM_API_KEY", std::string(fake_key)}};
  no_dotenv.global.output = "dotenv";
  options.out = directory.file("database", std::string_view("A=1\0B=2", 7));
  const Outcome refused = no_dotenv.run(options);
  REQUIRE_FALSE(refused.result.has_value());
  CHECK(refused.result.error() == Error{.kind = ErrorKind::usage,
                                        .message = options.out + " is not a dotenv file",
                                        .hint = "write to another file"});
  CHECK(refused.requests.empty());
}

TEST_CASE("commands::run_grant --out refuses to replace what dgauth did not write, before anything is minted") {
  const TemporaryFolder directory;
  const std::string key_file = std::string(40, 'a') + "\n";
  for (const std::string_view format : {"token", "json", "header", "export", "fish", "curl"}) {
    for (const std::string& content :
         {std::string("DATABASE_URL=postgres://localhost/app\n"), std::string("export OTHER='1'\n"), key_file,
          "export DEEPGRAM_ACCESS_TOKEN='" + std::string(40, 'B') + "'\n", std::string("two\nlines\n"),
          std::string("{\"access_token\":1}\n"), std::string("hunter2\n"),
          std::string("{\"access_token\":\"other\",\"refresh_token\":\"precious\"}\n"), std::string("\n"),
          std::string(100'000, 'x')}) {
      CAPTURE(format);
      CAPTURE(content.substr(0, 60));
      Mint stage;
      stage.global.output = format;
      GrantOptions options = sixty_seconds();
      options.out = directory.file("f", content);
      const Outcome refused = stage.run(options);
      REQUIRE_FALSE(refused.result.has_value());
      CHECK(refused.result.error().kind == ErrorKind::usage);
      CHECK(refused.result.error().message == options.out + " was not written by dgauth, and would be replaced");
      CHECK(refused.requests.empty());
      CHECK(content_of(options.out) == content);
      options.force = true;
      CHECK(stage.run(options) == printed(""));
      CHECK(content_of(options.out) != content);
    }
  }
}

TEST_CASE("commands::run_grant --out replaces what any format of it wrote, and an empty file") {
  const TemporaryFolder directory;
  GrantOptions options = sixty_seconds();
  options.out = directory.file("f", "");
  for (const std::string_view format :
       {"token", "json", "header", "export", "fish", "curl", "dotenv", "token", "token"}) {
    CAPTURE(format);
    Mint stage;
    stage.global.output = format;
    options.out = format == "dotenv" ? directory.at("new") : options.out;  // it would keep the line of curl
    CHECK(stage.run(options) == printed(""));
  }
}

TEST_CASE("commands::run_grant --out replaces a line that another --var wrote") {
  const TemporaryFolder directory;
  GrantOptions options = sixty_seconds();
  for (const std::string_view format : {"export", "fish"}) {
    options.out = directory.at(format);
    for (const std::string_view variable : {"FOO", "", "BAR"}) {
      CAPTURE(format);
      CAPTURE(variable);
      Mint stage;
      stage.global.output = format;
      options.variable = variable;
      CHECK(stage.run(options) == printed(""));
    }
  }
}

TEST_CASE("commands::run_grant --out follows a symbolic link with -o dotenv, and replaces it otherwise") {
  const TemporaryFolder directory;
  GrantOptions options = sixty_seconds();
  options.variable = "TOKEN";
  options.out = directory.at("link.env");
  const auto run = [&options](std::string_view format) {
    Mint stage;
    stage.global.output = format;
    return stage.run(options);
  };
  const std::string real = directory.file("real.env", "A=1\n");
  std::filesystem::create_symlink("real.env", directory.at("second"));
  std::filesystem::create_symlink(directory.at("second"), options.out);
  CHECK(run("dotenv") == printed(""));
  CHECK(content_of(real) == "A=1\nTOKEN=" + token + "\n");
  CHECK(std::filesystem::is_symlink(options.out));

  std::filesystem::remove(real);
  CHECK(run("dotenv") == printed(""));
  CHECK(content_of(real) == "TOKEN=" + token + "\n");
  CHECK(std::filesystem::is_symlink(options.out));

  CHECK(run("export") == printed(""));
  CHECK_FALSE(std::filesystem::is_symlink(options.out));
  CHECK(content_of(real) == "TOKEN=" + token + "\n");
}

TEST_CASE("commands::run_grant --out with -o dotenv replaces a symbolic link that leads in a circle") {
  const TemporaryFolder directory;
  std::filesystem::create_symlink("b", directory.at("a"));
  std::filesystem::create_symlink("a", directory.at("b"));
  GrantOptions options = sixty_seconds();
  options.out = directory.at("a");
  Mint stage;
  stage.global.output = "dotenv";
  CHECK(stage.run(options) == printed(""));
  CHECK(content_of(options.out) == "DEEPGRAM_ACCESS_TOKEN=" + token + "\n");
  CHECK(std::filesystem::is_symlink(directory.at("b")));
}

TEST_CASE("commands::run_grant: --force without --out is usage") {
  CommandStage stage;
  stage.world.variables = {{"DEEPGRAM_API_KEY", std::string(fake_key)}};
  GrantOptions options = sixty_seconds();
  options.force = true;
  const Outcome refused = stage.run(options);
  REQUIRE_FALSE(refused.result.has_value());
  CHECK(refused.result.error() == Error{.kind = ErrorKind::usage, .message = "--force needs --out"});
  CHECK(refused.requests.empty());
}

}  // namespace dgauth::commands
