// SPDX-License-Identifier: MIT
#include "commands/check.hpp"

#include "credentials/api_key.hpp"
#include "support/check_stage.hpp"
#include "support/temporary_folder.hpp"

namespace dgauth::commands {
namespace {

using namespace std::chrono_literals;
using options::Auth;
using support::CheckStage;
using support::content_of;
using support::fake_key;
using support::Outcome;
using support::reply;
using support::StartedRequest;
using support::TemporaryFolder;
using support::token;
using enum deepgram::ProbeId;

TEST_CASE("commands::run_check: what a key may do, as text") {
  CheckStage stage;
  const Outcome outcome = stage.run(CheckOptions{});
  CHECK(outcome.result == ExitStatus::ok);
  CHECK(outcome.err == "");
  CHECK(outcome.out == "key     env:DEEPGRAM_API_KEY, fingerprint " + credentials::fingerprint(Secret(fake_key)) +
                           " at https://api.deepgram.com\n"
                           "\n"
                           "    probe      result   expect  HTTP     ms  detail\n"
                           "  + grant      pass     pass     200      2  can mint temporary tokens\n"
                           "  + listen     pass     pass     400*     6  can transcribe\n"
                           "  - speak      pass              400*     6  can synthesise speech\n"
                           "  - read       pass              400*     6  can analyse text\n"
                           "  - listen-ws  pass              101      4  can transcribe a stream\n"
                           "  - speak-ws   pass              101      4  can synthesise a stream\n"
                           "  - agent-ws   pass              101      4  can talk to an agent\n"
                           "  - manage     pass              200      3  can list projects\n"
                           "\n"
                           "        + as expected, x not as expected, - nothing expected\n"
                           "        * 400 means accepted: the request is empty on purpose, and the same\n"
                           "          request with an invalid key was refused\n"
                           "\n"
                           "who     key id id-1, scopes usage:write, created 2025\n"
                           "expect  grant pass, listen pass: met\n"
                           "exit    0\n");
  REQUIRE(outcome.requests.size() == 12);  // a control for each of the three bodies
  for (std::size_t i = 0; i < 9; ++i) {
    const StartedRequest& request = outcome.requests[i];
    CAPTURE(request.url);
    const bool is_handshake = !request.subprotocol.empty();
    CHECK(request.authorization == (is_handshake ? "" : "Token " + std::string(fake_key)));
    CHECK(request.subprotocol == (is_handshake ? "token, " + std::string(fake_key) : ""));
    CHECK(is_handshake == (i >= 4 && i <= 6));
  }
}

TEST_CASE("commands::run_check: the token of the environment, and one that is minted") {
  CheckStage given;
  given.world.variables = {{"DEEPGRAM_ACCESS_TOKEN", token}};
  CHECK(given.verdicts({.auth = Auth::token}) == "PPPPPPPP 0");
  CHECK(given.world.console.out.find(R"("credential":{"kind":"access_token","source":"env:DEEPGRAM_ACCESS_TOKEN",)") !=
        std::string::npos);
  CHECK(given.client.requests[1].authorization == "Bearer " + token);
  CHECK(given.client.requests[4].subprotocol == "bearer, " + token);

  CheckStage minted;
  CHECK(minted.verdicts({.auth = Auth::grant}) == "PPPPPPPP 0");
  CHECK(minted.world.console.out.find(R"("credential":{"kind":"access_token","source":"env:DEEPGRAM_API_KEY",)") !=
        std::string::npos);
  CHECK(minted.client.made == 1);  // one client for the mint and the probes
  CHECK(minted.client.requests[0] == support::grant_request_with(fake_key, "{}"));
  CHECK(minted.client.requests[2].authorization == "Bearer " + token);
}

TEST_CASE("commands::run_check: ends with the advice that grant gives: in the text, on stderr, or not in JSON") {
  struct Row {
    http::Response response;
    std::string hint;
  };
  const Row rows[] = {
      {reply(403, R"({"err_code":"FORBIDDEN","err_msg":"m"})"),
       "create one that can: Deepgram console > API Keys > Create Key > Advanced > role Member or higher"},
      {reply(401, R"({"err_code":"INVALID_AUTH","err_msg":"m"})"),
       "check that the key is complete and has not been deleted (it came from DEEPGRAM_API_KEY)"}};
  for (const Row& row : rows) {
    for (const std::string form : {"text", "json", "junit", "tap", "github"}) {
      CAPTURE(form);
      CheckStage stage;
      stage.replies.insert_or_assign("POST /v1/auth/grant", row.response);
      stage.global.output = form;
      stage.world.console.columns = 200;
      const Outcome outcome = stage.run(CheckOptions{});
      CHECK(outcome.result == ExitStatus::forbidden);
      CHECK(outcome.out.ends_with("\nhint    " + row.hint + "\n") == (form == "text"));
      CHECK(outcome.err == (form == "text" || form == "json" ? "" : "dgauth: hint: " + row.hint + "\n"));
    }
  }
}

TEST_CASE("commands::run_check: without a credential there is no report, and nothing is sent") {
  for (const Auth auth : {Auth::key, Auth::grant, Auth::token}) {
    CAPTURE(auth);
    CheckStage stage;
    stage.world.variables.clear();
    const Outcome outcome = stage.run(CheckOptions{.auth = auth});
    REQUIRE_FALSE(outcome.result.has_value());
    CHECK(outcome.result.error().kind == ErrorKind::no_credential);
    CHECK(outcome.out == "");
    CHECK(outcome.requests.empty());
  }
  CheckStage expired;
  expired.world.variables = {{"DEEPGRAM_ACCESS_TOKEN", support::jwt_expiring(-1s)}};
  const Outcome outcome = expired.run(CheckOptions{.auth = Auth::token});
  REQUIRE_FALSE(outcome.result.has_value());
  CHECK(outcome.result.error().kind == ErrorKind::forbidden);
  CHECK(outcome.out == "");
}

TEST_CASE("commands::run_check: a mint that fails ends with grant's own status, and a report of probes not asked") {
  const TemporaryFolder folder;
  struct Row {
    Result<http::Response> reply;
    std::string verdicts;
  };
  const Row rows[] = {
      {reply(401), "SSSSSSSS 4"},       {reply(403, R"({"err_code":"FORBIDDEN","err_msg":"No."})"), "SSSSSSSS 5"},
      {reply(429), "SSSSSSSS 6"},       {fail(ErrorKind::network, "no connection"), "SSSSSSSS 7"},
      {reply(200, "{}"), "SSSSSSSS 8"}, {reply(400), "SSSSSSSS 9"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.verdicts);
    CheckStage stage;
    stage.replies.insert_or_assign("POST /v1/auth/grant", row.reply);
    CHECK(stage.verdicts({.auth = Auth::grant, .report = folder.at("r.json")}) == row.verdicts);
    CHECK(stage.client.requests.size() == 1);
    CHECK(content_of(folder.at("r.json")) == stage.world.console.out);
  }
}

TEST_CASE("commands::run_check: the exit status") {
  struct Row {
    std::string name;
    Result<http::Response> reply;
    CheckOptions options;
    std::string verdicts;
  };
  const Row rows[] = {
      {"", reply(401), {}, "FFFFFFFF 4"},
      {"", reply(403), {}, "FFFFFFFF 5"},
      {"", reply(500), {}, "UUUUUUUU 8"},
      {"", reply(500), {.allow_unknown = true}, "UUUUUUUU 0"},
      {"", fail(ErrorKind::network, "timed out"), {}, "UUUUUUUU 8"},
      {"POST /v1/auth/grant", reply(403), {}, "FPPPPPPP 5"},
      {"POST /v1/auth/grant", reply(401), {}, "FPPPPPPP 5"},
      {"POST /v1/auth/grant", reply(403), {.expect_not = {grant}}, "FPPPPPPP 0"},
      {"POST /v1/auth/grant", reply(403), {.expect = {speak}, .expect_not = {manage}}, "FPPPPPPP 5"},
      {"POST /v1/auth/grant", reply(403), {.no_mint = true}, "SPPPPPPP 0"},
      {"POST /v1/listen", reply(503), {}, "PUPPPPPP 8"},
      {"POST /v1/listen", reply(503), {.allow_unknown = true}, "PUPPPPPP 0"},
      {"POST /v1/listen", reply(503), {.expect_not = {listen}}, "PUPPPPPP 8"},
      {"POST /v1/listen", reply(503), {.expect = {grant}}, "PUPPPPPP 0"},
      {"POST /v1/speak", reply(402), {}, "PPFPPPPP 0"},
      {"POST /v1/read", reply(200), {.probes = {read, read, manage}}, "SSSUSSSP 8"},
      {"GET /v1/projects", reply(404), {.probes = {listen}}, "SPSSSSSS 0"},
  };
  for (const Row& row : rows) {
    CAPTURE(&row - rows);
    CheckStage stage;
    if (row.name.empty()) {
      stage.answer_all(row.reply);
    } else {
      stage.replies.insert_or_assign(row.name, row.reply);
    }
    CHECK(stage.verdicts(row.options) == row.verdicts);
  }
}

TEST_CASE("commands::run_check: --timeout is for the mint and the probes together, and a control has what is left") {
  CheckStage stage;
  stage.global.timeout = 30s;
  stage.global.retries = 1;
  stage.replies.insert_or_assign("POST /v1/auth/grant", reply(200, support::grant_reply(token, 30), 12s));
  stage.replies.insert_or_assign("POST /v1/listen", reply(400, "", 2s));
  const Outcome outcome = stage.run(CheckOptions{.auth = Auth::grant, .probes = {listen}});
  REQUIRE(outcome.requests.size() == 4);  // the mint, the probe, who this is, the control
  CHECK(outcome.requests[0].limits == http::RequestLimits{.total = 30s, .retries = 1});
  CHECK(outcome.requests[1].limits == http::RequestLimits{.total = 18s, .retries = 1});
  CHECK(outcome.requests[2].limits == http::RequestLimits{.total = 5s, .retries = 0});
  CHECK(outcome.requests[3].limits == http::RequestLimits{.total = 16s, .retries = 1});
  CHECK(outcome.out.find("+ listen     pass     pass     400*  2001  ") != std::string::npos);
}

TEST_CASE("commands::run_check: nothing is left after a mint that took all of the time") {
  CheckStage stage;
  stage.global.timeout = 10s;
  stage.replies.insert_or_assign("POST /v1/auth/grant", reply(200, support::grant_reply(token, 30), 10s));
  const Outcome outcome = stage.run(CheckOptions{.auth = Auth::grant, .probes = {manage}});
  REQUIRE(outcome.requests.size() == 3);
  CHECK(outcome.requests[1].limits.total == 1ms);
  CHECK(outcome.requests[2].limits.total == 1ms);
}

TEST_CASE("commands::run_check: options that contradict each other, before anything is looked for") {
  struct Row {
    CheckOptions options;
    std::string message;
  };
  for (const Row& row : {
           Row{{.auth = Auth::grant, .no_mint = true},
               "--no-mint cannot be used with --auth grant, which mints a token"},
           Row{{.report = "-"}, "--report needs a file: the report goes to stdout anyway"},
           Row{{.probes = {grant}, .no_mint = true}, "--no-mint leaves no probe to run"},
           Row{{.expect = {grant}, .expect_not = {grant}}, "grant is expected both to pass and to fail"},
       }) {
    CheckStage stage;
    stage.world.variables.clear();
    stage.global.config = "/nowhere/config.toml";
    const Outcome outcome = stage.run(row.options);
    CHECK(outcome.result == Result<ExitStatus>(fail(ErrorKind::usage, row.message)));
    CHECK(outcome.requests.empty());
  }
}

}  // namespace
}  // namespace dgauth::commands
