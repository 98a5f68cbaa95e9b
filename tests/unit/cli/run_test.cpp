// SPDX-License-Identifier: MIT
#include "cli/run.hpp"

#include <algorithm>
#include <new>
#include <stdexcept>

#include <fmt/format.h>

#include "base/version.hpp"
#include "output/error_text.hpp"
#include "support/fake_client.hpp"
#include "support/temporary_folder.hpp"
#include "support/test_host.hpp"

// dgauth as a function: argv in, streams, status and requests out.
namespace dgauth::cli {
namespace {

using support::fake_key;
using support::FakeClient;
using support::TestHost;
using Words = std::vector<std::string>;

struct Stage {
  TestHost world;
  FakeClient client;

  ExitStatus run(const Words& words) {
    world.console.out.clear();
    world.console.err.clear();
    return cli::run(words, world.host(), client.factory());
  }
  const std::string& out() const { return world.console.out; }
  const std::string& err() const { return world.console.err; }
};

Stage& with_key(Stage& stage) {
  stage.world.variables = {{"DEEPGRAM_API_KEY", std::string(fake_key)}};
  return stage;
}

bool says(const std::string& text, std::string_view words) { return text.find(words) != std::string::npos; }

}  // namespace

TEST_CASE("cli::run: TOKEN=$(dgauth grant --ttl 60)") {
  Stage stage;
  with_key(stage).client.will_answer(200, R"({"access_token":"fake-token","expires_in":60})");
  CHECK(stage.run({"grant", "--ttl", "60"}) == ExitStatus::ok);
  CHECK(stage.out() == "fake-token\n");
  CHECK(stage.err() == "");
  CHECK(stage.world.console.is_finished);
  REQUIRE(stage.client.requests.size() == 1);
  CHECK(stage.client.requests[0].authorization == "Token " + std::string(fake_key));
  CHECK(stage.client.requests[0].body == R"({"ttl_seconds":60})");
}

TEST_CASE("cli::run: global options before or after the command") {
  for (const Words& words : {Words{"--region", "eu", "-q", "-o", "header", "grant", "--ttl", "60"},
                             Words{"grant", "--ttl", "60", "-o", "header", "--region", "eu", "-q"},
                             Words{"-q", "grant", "--region=eu", "--ttl=60", "-oheader"}}) {
    CAPTURE(words);
    Stage stage;
    with_key(stage).client.will_answer(200, R"({"access_token":"fake-token","expires_in":5})");
    CHECK(stage.run(words) == ExitStatus::ok);
    CHECK(stage.out() == "Authorization: Bearer fake-token\n");
    CHECK(stage.err() == "");
    REQUIRE(stage.client.requests.size() == 1);
    CHECK(stage.client.requests[0].url == "https://api.eu.deepgram.com/v1/auth/grant");
  }
}

TEST_CASE("cli::run: every kind of failure leaves stdout empty and ends with its status, promise 16") {
  struct Row {
    int http_status;
    std::string_view body;
    int status;
  };
  constexpr Row rows[] = {
      {401, R"({"err_code":"INVALID_AUTH","err_msg":"m"})", 4},
      {403, R"({"err_code":"FORBIDDEN","err_msg":"m"})", 5},
      {402, "", 6},
      {429, "", 6},
      {500, "", 8},
      {302, "", 8},
      {200, "<html>", 8},
      {404, "", 9},
  };
  for (const Row& row : rows) {
    CAPTURE(row.http_status);
    Stage stage;
    with_key(stage).client.will_answer(row.http_status, row.body);
    CHECK(static_cast<int>(stage.run({"grant"})) == row.status);
    CHECK(stage.out() == "");
    CHECK(stage.err().starts_with("dgauth: error: "));
    CHECK_FALSE(says(stage.err(), fake_key));
  }
  Stage without_answer;
  with_key(without_answer).client.will_fail({.kind = ErrorKind::network, .message = "no connection"});
  CHECK(without_answer.run({"header"}) == ExitStatus::network);
  CHECK(without_answer.out() == "");
  CHECK(without_answer.err() == "dgauth: error: no connection\n");
  Stage without_key;
  CHECK(without_key.run({"grant"}) == ExitStatus::no_credential);
  CHECK(without_key.out() == "");
}

TEST_CASE("cli::run: with -o json a failure is one JSON line on stderr, but not a usage error") {
  for (const Words& words :
       {Words{"grant", "-o", "json"}, Words{"--json", "grant"}, Words{"grant", "--json", "-o", "json"}}) {
    CAPTURE(words);
    Stage stage;
    with_key(stage).client.will_answer(403, R"({"err_code":"FORBIDDEN","err_msg":"m"})", "fake-request-1");
    CHECK(stage.run(words) == ExitStatus::forbidden);
    CHECK(stage.out() == "");
    CHECK(stage.err().starts_with(R"({"error":{"kind":"forbidden","exit_status":5,"message":")"));
    CHECK(stage.err().ends_with(R"("http_status":403,"request_id":"fake-request-1"}})"
                                "\n"));
    CHECK(std::ranges::count(stage.err(), '\n') == 1);
  }
  for (const Words& words : {Words{"grant", "-o", "json", "--ttl", "0"}, Words{"grant", "--json", "--unknown"},
                             Words{"grant", "--json", "--strict-ttl"}}) {
    CAPTURE(words);
    Stage stage;
    with_key(stage);
    CHECK(stage.run(words) == ExitStatus::usage);
    CHECK(stage.err().starts_with("dgauth: error: "));
  }
}

TEST_CASE("cli::run: an exception ends with one line in the format that was asked for") {
  struct Row {
    http::ClientFactory make_client;
    std::string_view message;
  };
  const Row rows[] = {
      {[](const auto&) -> Result<std::unique_ptr<http::Client>> { throw std::bad_alloc(); }, "out of memory"},
      {[](const auto&) -> Result<std::unique_ptr<http::Client>> { throw std::runtime_error("fake-secret"); },
       "this is a bug in dgauth"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.message);
    Stage stage;
    with_key(stage);
    CHECK(cli::run({"grant"}, stage.world.host(), row.make_client) == ExitStatus::failed);
    CHECK(stage.out() == "");
    CHECK(stage.err() == fmt::format("dgauth: error: {}\n", row.message));
    stage.world.console.err.clear();
    CHECK(cli::run({"grant", "--json"}, stage.world.host(), row.make_client) == ExitStatus::failed);
    CHECK(stage.out() == "");
    const Error error{.kind = ErrorKind::internal, .message = std::string(row.message)};
    CHECK(stage.err() == output::error_json(error));
  }
}

TEST_CASE("cli::run: lost output is status 1, promise 22") {
  for (const bool is_late : {false, true}) {
    Stage stage;
    with_key(stage).client.will_answer(200, R"({"access_token":"fake-token","expires_in":30})");
    stage.world.console.refuses_out = !is_late;
    stage.world.console.refuses_finish = is_late;
    CHECK(stage.run({"grant"}) == ExitStatus::failed);
    CHECK(stage.err() == fmt::format("dgauth: error: {}\n", support::lost_output));
  }
  for (const Words& words : {Words{"--help"}, Words{"--version"}, Words{"grant", "--help"}, Words{"help"}}) {
    CAPTURE(words);
    Stage stage;
    stage.world.console.refuses_out = true;
    CHECK(stage.run(words) == ExitStatus::failed);
    Stage late;
    late.world.console.refuses_finish = true;
    CHECK(late.run(words) == ExitStatus::failed);
  }
}

TEST_CASE("cli::run alone: short help on stderr, status 2") {
  Stage stage;
  CHECK(stage.run({}) == ExitStatus::usage);
  CHECK(stage.out() == "");
  CHECK(says(stage.err(), "grant"));
  CHECK(says(stage.err(), "header"));
  CHECK(stage.run({"-v"}) == ExitStatus::usage);
  CHECK(stage.out() == "");
}

TEST_CASE("cli::run: help and version go to stdout with status 0, whatever else is wrong") {
  for (const Words& words :
       {Words{"--help"}, Words{"-h"}, Words{"help"}, Words{"--unknown", "-h"}, Words{"-vh"}, Words{"--ttl=", "--help"},
        Words{"--api-key=x", "--help"}, Words{"-c", "/missing", "--help"}}) {
    CAPTURE(words);
    Stage stage;
    CHECK(stage.run(words) == ExitStatus::ok);
    CHECK(says(stage.out(), "grant"));
    CHECK(says(stage.out(), "dgauth COMMAND [OPTIONS]\n"));
    CHECK(stage.err() == "");
  }
  for (const Words& words : {Words{"--version"}, Words{"-V"}, Words{"grant", "-V"}, Words{"-V", "--unknown"}}) {
    CAPTURE(words);
    Stage stage;
    CHECK(stage.run(words) == ExitStatus::ok);
    CHECK(stage.out().starts_with(fmt::format("dgauth {}\n", version())));
    CHECK(says(stage.out(), "libcurl"));
    CHECK(stage.err() == "");
  }
}

TEST_CASE("cli::run: help of a command is the same by every way") {
  Stage stage;
  for (const std::string command : {"grant", "header"}) {
    CHECK(stage.run({command, "--help"}) == ExitStatus::ok);
    const std::string help = stage.out();
    CHECK(says(help, "--ttl"));
    for (const Words& words : {Words{"help", command}, Words{command, "-h", "--help"}, Words{"--help", command},
                               Words{command, "--ttl", "bad", "--help"}}) {
      CAPTURE(words);
      CHECK(stage.run(words) == ExitStatus::ok);
      CHECK(stage.out() == help);
    }
    CHECK(stage.run({command, "-h"}) == ExitStatus::ok);
    const std::string in_short = stage.out();
    CHECK(in_short.size() < help.size() / 2);
    CHECK(says(in_short, "--ttl"));
    for (const Words& words : {Words{"-h", command}, Words{command, "--ttl", "bad", "-vh", "surplus"}}) {
      CAPTURE(words);
      CHECK(stage.run(words) == ExitStatus::ok);
      CHECK(stage.out() == in_short);
    }
  }
  CHECK(stage.run({"grant", "--help"}) == ExitStatus::ok);
  CHECK(says(stage.out(), "--var"));
  CHECK(stage.run({"header", "--help"}) == ExitStatus::ok);
  CHECK_FALSE(says(stage.out(), "--var"));
  CHECK(says(stage.out(), "--auth"));
}

TEST_CASE("cli::run never opens a connection where nothing is to be sent") {
  Stage stage;
  with_key(stage).world.variables["DEEPGRAM_ACCESS_TOKEN"] = "fake-token";
  for (const Words& words :
       {Words{"--help"}, Words{"--version"}, Words{}, Words{"grant", "--dry-run"}, Words{"header", "--auth", "key"},
        Words{"header", "--auth", "token"}, Words{"grant", "--ttl", "0"}, Words{"grnat"}}) {
    CAPTURE(words);
    stage.run(words);
    CHECK(stage.client.made == 0);
  }
}

}  // namespace dgauth::cli
