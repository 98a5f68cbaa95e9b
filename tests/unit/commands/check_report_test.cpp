// SPDX-License-Identifier: MIT
#include "commands/check.hpp"

#include <algorithm>

#include "base/version.hpp"
#include "support/check_stage.hpp"
#include "support/process_state.hpp"
#include "support/temporary_folder.hpp"

namespace dgauth::commands {
namespace {

using namespace std::chrono_literals;
using options::Auth;
using support::CheckStage;
using support::content_of;
using support::Outcome;
using support::reply;
using support::TemporaryFolder;
using enum deepgram::ProbeId;

TEST_CASE("commands::run_check: --report, in the format of its extension, else in that of -o") {
  const TemporaryFolder folder;
  const support::Umask umask(0027);
  for (const auto& [name, beginning] :
       std::initializer_list<std::pair<std::string, std::string>>{{"r.txt", "key     "},
                                                                  {"r.json", "{\"credential\""},
                                                                  {"r.xml", "<?xml"},
                                                                  {"r.tap", "TAP version 13\n"},
                                                                  {"r.md", "### dgauth check: "},
                                                                  {"report", "TAP version 13\n"}}) {
    CheckStage stage;
    stage.global.output = "tap";
    const std::string path = folder.at(name);
    const Outcome outcome = stage.run(CheckOptions{.probes = {manage}, .report = path});
    CHECK(outcome.result == ExitStatus::ok);
    CHECK(outcome.out.starts_with("TAP version 13\n"));
    CHECK(content_of(path).starts_with(beginning));
    CHECK(support::mode_of(path) == 0640);
  }
}

TEST_CASE("commands::run_check: the report goes to the other place where one cannot be written") {
  const TemporaryFolder folder;
  CheckStage no_file;
  const Outcome unwritten = no_file.run(CheckOptions{.report = folder.at("nowhere/r.json")});
  REQUIRE_FALSE(unwritten.result.has_value());
  CHECK(unwritten.result.error().kind == ErrorKind::output);
  CHECK(unwritten.out.ends_with("\nexit    0\n"));

  CheckStage no_stdout;
  no_stdout.world.console.refuses_out = true;
  const Outcome lost = no_stdout.run(CheckOptions{.report = folder.at("r.json")});
  REQUIRE_FALSE(lost.result.has_value());
  CHECK(lost.result.error().message == support::lost_output);
  CHECK(content_of(folder.at("r.json")).ends_with("\"exit_status\":0}\n"));
}

TEST_CASE("commands::run_check: -o github: the table to the summary if there is one, the log to stdout") {
  const TemporaryFolder folder;
  const std::string log =
      "dgauth check: not as expected: grant (expected pass, got fail)\n"
      "::error title=dgauth check::grant: expected pass, got fail\n";
  const auto run = [](const std::string& summary) {
    CheckStage stage;
    stage.replies.insert_or_assign("POST /v1/auth/grant", reply(403));
    stage.world.variables["GITHUB_STEP_SUMMARY"] = summary;
    stage.global.output = "github";
    return stage.run(CheckOptions{});
  };
  const Outcome without = run("");
  CHECK(without.result == ExitStatus::forbidden);
  CHECK(without.out.starts_with("### dgauth check: not as expected\n"));
  CHECK(without.out.ends_with(" |\n" + log));
  const std::string table = without.out.substr(0, without.out.size() - log.size());

  const std::string summary = folder.file("summary.md", "# Before\n");
  const Outcome with = run(summary);
  CHECK(with.result == ExitStatus::forbidden);
  CHECK(with.out == log);
  CHECK(content_of(summary) == "# Before\n" + table);

  const Outcome unwritten = run(folder.path());
  REQUIRE_FALSE(unwritten.result.has_value());
  CHECK(unwritten.result.error().kind == ErrorKind::output);
  CHECK(unwritten.out == without.out);
}

TEST_CASE("commands::run_check: colours on a terminal, unless they are not wanted") {
  struct Row {
    bool is_terminal;
    bool no_color;
    std::string variable;
    std::string output;
    bool has_color;
    std::string term = "xterm-256color";
  };
  for (const Row& row :
       {Row{true, false, "", "", true}, Row{true, false, "", "text", true}, Row{false, false, "", "", false},
        Row{true, true, "", "", false}, Row{true, false, "1", "", false}, Row{true, false, "", "json", false},
        Row{true, false, "", "github", false}, Row{true, false, "", "", false, "dumb"},
        Row{true, false, "", "", false, ""}}) {
    CAPTURE(row.is_terminal);
    CAPTURE(row.variable);
    CAPTURE(row.output);
    CheckStage stage;
    stage.world.console.out_is_a_terminal = row.is_terminal;
    stage.world.variables["NO_COLOR"] = row.variable;
    stage.world.variables["TERM"] = row.term;
    stage.global.no_color = row.no_color;
    stage.global.output = row.output;
    CHECK((stage.run(CheckOptions{}).out.find('\x1b') != std::string::npos) == row.has_color);
  }
}

TEST_CASE("commands::run_check: --dry-run shows the requests, and sends none") {
  const auto shown = [](const CheckOptions& options, std::string output, bool has_key = true) {
    CheckStage stage;
    stage.global.dry_run = true;
    stage.global.output = std::move(output);
    if (!has_key) {
      stage.world.variables.clear();
    }
    const Outcome outcome = stage.run(options);
    CHECK(outcome.result == ExitStatus::ok);
    CHECK(stage.client.made == 0);
    return outcome.out;
  };
  const std::string agent = "User-Agent: dgauth/" + std::string(version()) + "\n";
  CHECK(shown({.probes = {listen}}, "") ==
        "POST /v1/listen?model=nova-3 HTTP/1.1\nHost: api.deepgram.com\nAuthorization: Token <redacted>\n" + agent +
            "Content-Type: application/json\n\n{\"url\":\"\"}\n"
            "\nGET /v1/auth/token HTTP/1.1\nHost: api.deepgram.com\nAuthorization: Token <redacted>\n" +
            agent + "\n");
  CHECK(shown({.probes = {manage}}, "", false)
            .starts_with("GET /v1/projects HTTP/1.1\nHost: api.deepgram.com\nAuthorization: Token <key>\n"));
  CHECK(shown({.auth = Auth::token, .probes = {manage}}, "", false)
            .starts_with("GET /v1/projects HTTP/1.1\nHost: api.deepgram.com\nAuthorization: Bearer <redacted>\n"));
  const std::string minted = shown({.auth = Auth::grant, .probes = {manage}}, "");
  CHECK(minted.starts_with("POST /v1/auth/grant HTTP/1.1\nHost: api.deepgram.com\nAuthorization: Token <redacted>\n"));
  CHECK(minted.find("\n{}\n\nGET /v1/projects HTTP/1.1\nHost: api.deepgram.com\nAuthorization: Bearer <redacted>\n") !=
        std::string::npos);
  CHECK(std::ranges::count(shown({}, "json"), '\n') == 9);
  CHECK(std::ranges::count(shown({.auth = Auth::grant, .no_mint = false}, "curl"), '\n') == 10);
}

}  // namespace
}  // namespace dgauth::commands
