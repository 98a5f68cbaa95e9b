// SPDX-License-Identifier: MIT
#include "checking/report_formats.hpp"

#include "support/checking_printing.hpp"

namespace dgauth::checking {
namespace {

using namespace std::chrono_literals;
using deepgram::CredentialKind;
using deepgram::ProbeResult;
using deepgram::Verdict;
using enum deepgram::ProbeId;

// One of each outcome: refused, undecided, passed, not asked for; some of them expected, and one passed unexpectedly.
CheckReport report_with(std::string detail, bool allow_unknown = false) {
  deepgram::ProbeResults results = deepgram::nothing_probed("not asked for");
  results.probes[0] = {.probe = grant,
                       .verdict = Verdict::fail,
                       .http_status = 403,
                       .detail = "FORBIDDEN: Insufficient permissions",
                       .advice = "make another key",
                       .request_id = "r-1",
                       .elapsed = 12ms};
  results.probes[1] = {.probe = listen,
                       .verdict = Verdict::unknown,
                       .http_status = 503,
                       .detail = std::move(detail),
                       .advice = "try again later",
                       .elapsed = 1500ms};
  results.probes[2] = {.probe = speak, .verdict = Verdict::pass, .http_status = 400, .detail = "can synthesise speech"};
  results.probes[3] = {.probe = read, .verdict = Verdict::unknown, .detail = "timed out", .elapsed = 30s};
  results.probes[4] = {.probe = listen_ws,
                       .verdict = Verdict::pass,
                       .http_status = 101,
                       .detail = "can transcribe a stream",
                       .elapsed = 4ms};
  results.probes[7] = {.probe = manage, .verdict = Verdict::fail, .http_status = 403};
  results.identity = {.key_id = "id-1", .created = "2025-01-01", .scopes = {"usage:write", "a"}};
  const CheckPlan plan{.probes = {grant, listen, speak, read, listen_ws, manage},
                       .expectations = {.must_pass = {grant, listen, speak}, .must_fail = {manage}}};
  return report_of({.kind = CredentialKind::api_key, .source = "env:DEEPGRAM_API_KEY", .fingerprint = "0123abcd"}, plan,
                   deepgram::BaseUrl(), std::move(results), allow_unknown);
}

// A token could not be minted.
CheckReport without_token() {
  return report_without_token({.probes = {listen}, .expectations = {.must_pass = {listen}}}, deepgram::BaseUrl(),
                              {.kind = ErrorKind::forbidden, .message = "m"});
}

TEST_CASE("checking::report_of: what is not met, and the status") {
  const CheckReport report = report_with("Asleep");
  CHECK(report.base_url == "https://api.deepgram.com");
  REQUIRE(report.unmet.size() == 2);
  CHECK(report.unmet[0] == Unmet{grant, Verdict::pass, Verdict::fail});
  CHECK(report.unmet[1] == Unmet{listen, Verdict::pass, Verdict::unknown});
  CHECK(report.unmet_on(listen) == &report.unmet[1]);
  CHECK(report.unmet_on(speak) == nullptr);
  CHECK(report.status == ExitStatus::forbidden);
  CHECK(report_with("Asleep", true).unmet.size() == 1);
}

TEST_CASE("checking::report_without_token: all are skipped, and the status is the error's") {
  const CheckReport report = without_token();
  CHECK(report.credential == Subject{.kind = CredentialKind::access_token});
  CHECK(report.status == ExitStatus::forbidden);
  CHECK(report.unmet == std::vector<Unmet>{{listen, Verdict::pass, Verdict::skipped}});
  CHECK(report.results.probes == deepgram::nothing_probed("no token could be minted").probes);
  for (const ErrorKind kind : {ErrorKind::usage, ErrorKind::config, ErrorKind::no_credential}) {
    CAPTURE(kind);
    CHECK_FALSE(is_failed_mint({.kind = kind, .message = "m"}));
  }
  for (const ErrorKind kind : {ErrorKind::refused, ErrorKind::forbidden, ErrorKind::payment, ErrorKind::rate_limit,
                               ErrorKind::network, ErrorKind::service, ErrorKind::rejected, ErrorKind::internal}) {
    CAPTURE(kind);
    CHECK(is_failed_mint({.kind = kind, .message = "m"}));
  }
}

// The rows of the table and what comes behind it, without what was checked.
std::string below_subject(const CheckReport& report, const TextStyle& style = {}) {
  const std::string text = format_text(report, style);
  return text.substr(text.find("\n\n") + 2);
}

TEST_CASE("checking::format_text") {
  CHECK(format_text(report_with("Asleep"), {}) ==
        "key     env:DEEPGRAM_API_KEY, fingerprint 0123abcd at https://api.deepgram.com\n"
        "\n"
        "    probe      result   expect  HTTP     ms  detail\n"
        "  x grant      fail     pass     403     12  FORBIDDEN: Insufficient permissions\n"
        "  x listen     unknown  pass     503   1500  Asleep\n"
        "  + speak      pass     pass     400*     0  can synthesise speech\n"
        "  - read       unknown                30000  timed out\n"
        "  - listen-ws  pass              101      4  can transcribe a stream\n"
        "  - speak-ws   skipped                       not asked for\n"
        "  - agent-ws   skipped                       not asked for\n"
        "  + manage     fail     fail     403      0\n"
        "\n"
        "        + as expected, x not as expected, - nothing expected\n"
        "        * 400 means accepted: the request is empty on purpose, and the same\n"
        "          request with an invalid key was refused\n"
        "\n"
        "who     key id id-1, scopes usage:write a, created 2025-01-01\n"
        "expect  grant pass, listen pass, speak pass, manage fail: NOT MET\n"
        "        grant: expected pass, got fail\n"
        "        listen: expected pass, got unknown\n"
        "exit    5\n"
        "hint    make another key\n"
        "hint    try again later\n");
}

TEST_CASE("checking::format_text: colours around mark, name and verdict: what is met, what is not, what nobody asked") {
  const std::string text = format_text(report_with("Asleep"), {.has_color = true});
  for (const std::string_view line :
       {"\n  \x1b[31mx grant      fail   \x1b[0m  pass     403 ",
        "\n  \x1b[31mx listen     unknown\x1b[0m  pass     503 ",
        "\n  \x1b[32m+ speak      pass   \x1b[0m  pass     400*",
        "\n  \x1b[2m- listen-ws  pass   \x1b[0m           101 ",
        "\n  \x1b[32m+ manage     fail   \x1b[0m  fail     403 ", "\n  \x1b[2m- agent-ws   skipped\x1b[0m  "}) {
    CAPTURE(line);
    CHECK(text.find(line) != std::string::npos);
  }
}

TEST_CASE(
    "checking::format_text: an expected pass that was not wanted is red, an undecided one that is allowed is not") {
  CHECK(below_subject(report_with("Asleep", true))
            .find("\n  + listen     unknown  pass     503   1500  allowed: Asleep\n") != std::string::npos);
  deepgram::ProbeResults results = deepgram::nothing_probed("not asked for");
  results.probes[7] = {.probe = manage, .verdict = Verdict::pass, .http_status = 200, .detail = "can list projects"};
  const CheckReport report = report_of({}, {.probes = {manage}, .expectations = {.must_fail = {manage}}},
                                       deepgram::BaseUrl(), std::move(results), false);
  const std::string text = below_subject(report);
  CHECK(text.find("\n  x manage     pass     fail     200      0  can list projects\n") != std::string::npos);
  CHECK(text.find("400 means") == std::string::npos);
  CHECK(
      text.ends_with("exit    5\n"
                     "hint    this key can do more than expected: create one with the role Default\n"
                     "          (Deepgram console > API Keys > Create Key)\n"));
}

TEST_CASE("checking::format_text: lines fit the terminal, and break between words only") {
  CheckReport report =
      report_with("a made-up reason, which is " + std::string(60, 'x') + " and goes on for some words more");
  report.results.identity->scopes = {"project:read", "project:write", "keys:read", "keys:write", "usage:read"};
  const auto longest_of = [](const std::string& text) {
    std::size_t longest = 0;
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t end = text.find('\n', at);
      if (text.substr(at, end - at).find("xxx") == std::string::npos) {
        longest = std::max(longest, end - at);
      }
      at = end + 1;
    }
    return longest;
  };
  for (const std::size_t columns : {80U, 100U, 120U}) {
    CAPTURE(columns);
    const std::string text = format_text(report, {.columns = columns});
    CHECK(longest_of(text) <= columns);
    CHECK(text.find(std::string(60, 'x')) != std::string::npos);
    CHECK(text.find("usage:read") != std::string::npos);
  }
  CHECK(below_subject(report).find("  x listen     unknown  pass     503   1500  a made-up reason, which is\n" +
                                   std::string(45, ' ') + std::string(60, 'x') + "\n" + std::string(45, ' ') +
                                   "and goes on for some words more\n") != std::string::npos);
  CHECK(below_subject(report).find("\nwho     key id id-1, scopes project:read project:write keys:read keys:write\n"
                                   "          usage:read, created 2025-01-01\n") != std::string::npos);
  CHECK(longest_of(format_text(report, {.columns = 10})) <= 80);
}

TEST_CASE("checking::format_text: what there is not") {
  const std::string text = format_text(without_token(), {});
  CHECK(text.starts_with("token   could not be minted at https://api.deepgram.com\n\n    probe "));
  CHECK(
      text.ends_with("\n\nwho     not available\nexpect  listen pass: NOT MET\n"
                     "        listen: expected pass, got skipped\nexit    5\n"));
  const auto end_of = [](const CheckReport& report) {
    const std::string whole = format_text(report, {});
    return whole.substr(whole.find("who "));
  };
  CheckReport report = report_of({}, {}, deepgram::BaseUrl(), deepgram::nothing_probed(""), false);
  report.results.identity = deepgram::Identity{};
  CHECK(end_of(report) == "who     key id ?, scopes none, created ?\nexpect  nothing: met\nexit    0\n");
  report.results.identity->scopes = {"1", "2", "3", "4", "5", "6", "7", "8"};
  CHECK(end_of(report).starts_with("who     key id ?, scopes 1 2 3 4 5 6 7 8, created ?\n"));
  report.results.identity->scopes.insert(report.results.identity->scopes.end(), {"9", "10"});
  CHECK(end_of(report).starts_with("who     key id ?, scopes 1 2 3 4 5 6 7 8 and 2 more, created ?\n"));
}

TEST_CASE("checking::advice_on: what to do about what is unmet, once") {
  CHECK(advice_on(report_with("Asleep")) == std::vector<std::string>{"make another key", "try again later"});
  CHECK(advice_on(report_with("Asleep", true)) == std::vector<std::string>{"make another key"});
  CHECK(advice_on(without_token()).empty());
  deepgram::ProbeResults results = deepgram::nothing_probed("");
  for (deepgram::ProbeResult& result : results.probes) {
    result = {
        .probe = result.probe, .verdict = Verdict::fail, .advice = "check the key", .is_credential_refused = true};
  }
  const CheckReport refused = report_of({}, {.probes = {listen}, .expectations = {.must_fail = {listen}}},
                                        deepgram::BaseUrl(), std::move(results), false);
  CHECK(refused.status == ExitStatus::refused);
  CHECK(advice_on(refused) == std::vector<std::string>{"check the key"});
}

TEST_CASE("checking::format_json") {
  CHECK(
      format_json(report_with("Asleep \"|\\")) ==
      R"({"credential":{"kind":"api_key","source":"env:DEEPGRAM_API_KEY","fingerprint":"0123abcd"},)"
      R"("base_url":"https://api.deepgram.com","probes":[)"
      R"({"name":"grant","status":"fail","http_status":403,"detail":"FORBIDDEN: Insufficient permissions",)"
      R"("request_id":"r-1","ms":12},)"
      R"({"name":"listen","status":"unknown","http_status":503,"detail":"Asleep \"|\\","request_id":null,"ms":1500},)"
      R"({"name":"speak","status":"pass","http_status":400,"detail":"can synthesise speech","request_id":null,)"
      R"("ms":0},)"
      R"({"name":"read","status":"unknown","http_status":null,"detail":"timed out","request_id":null,"ms":30000},)"
      R"({"name":"listen-ws","status":"pass","http_status":101,"detail":"can transcribe a stream","request_id":null,)"
      R"("ms":4},)"
      R"({"name":"speak-ws","status":"skipped","http_status":null,"detail":"not asked for","request_id":null,"ms":0},)"
      R"({"name":"agent-ws","status":"skipped","http_status":null,"detail":"not asked for","request_id":null,"ms":0},)"
      R"({"name":"manage","status":"fail","http_status":403,"detail":"","request_id":null,"ms":0}],)"
      R"("identity":{"api_key_id":"id-1","scopes":["usage:write","a"],"created":"2025-01-01"},)"
      R"("expectations":{"met":false,"unmet":[{"name":"grant","expected":"pass","got":"fail"},)"
      R"({"name":"listen","expected":"pass","got":"unknown"}]},"exit_status":5})"
      "\n");
  const std::string text = format_json(without_token());
  CHECK(text.starts_with(R"({"credential":{"kind":"access_token","source":null,"fingerprint":null},)"));
  CHECK(text.find(R"(],"identity":null,"expectations":{"met":false,)") != std::string::npos);
  const CheckReport met = report_of({}, {}, deepgram::BaseUrl(), deepgram::nothing_probed(""), false);
  CHECK(format_json(met).ends_with(R"("expectations":{"met":true,"unmet":[]},"exit_status":0})"
                                   "\n"));
}

TEST_CASE("checking::format_junit") {
  const std::string counts = R"(name="dgauth check" tests="8" failures="1" errors="1" skipped="3" time="30.000")";
  const auto skipped = [](std::string_view name) {
    return R"(    <testcase classname="dgauth.check" name=")" + std::string(name) +
           R"(" time="0.000"><skipped message="nothing expected; skipped: not asked for"/></testcase>)"
           "\n";
  };
  CHECK(
      format_junit(report_with("<a> & \"b\" ]]> \xEF\xBF\xBE")) ==
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites " + counts + ">\n  <testsuite " + counts + ">\n" +
          R"(    <testcase classname="dgauth.check" name="grant" time="0.012"><failure message="expected pass, got fail: )"
          R"(FORBIDDEN: Insufficient permissions">expected pass, got fail: FORBIDDEN: Insufficient permissions)"
          R"(</failure></testcase>)"
          "\n"
          R"(    <testcase classname="dgauth.check" name="listen" time="1.500"><error message="expected pass, got )"
          R"(unknown: &lt;a&gt; &amp; &quot;b&quot; ]]&gt; ?">expected pass, got unknown: )"
          R"(&lt;a&gt; &amp; &quot;b&quot; ]]&gt; ?</error></testcase>)"
          "\n"
          R"(    <testcase classname="dgauth.check" name="speak" time="0.000"/>)"
          "\n"
          R"(    <testcase classname="dgauth.check" name="read" time="30.000"><skipped message="nothing expected; )"
          R"(unknown: timed out"/></testcase>)"
          "\n" +
          R"(    <testcase classname="dgauth.check" name="listen-ws" time="0.004"/>)"
          "\n" +
          skipped("speak-ws") + skipped("agent-ws") +
          R"(    <testcase classname="dgauth.check" name="manage" time="0.000"/>)"
          "\n  </testsuite>\n</testsuites>\n");
  const std::string allowed = format_junit(report_with("Asleep", true));
  CHECK(allowed.find(R"(failures="1" errors="0" skipped="4")") != std::string::npos);
  CHECK(allowed.find(R"(name="listen" time="1.500"><skipped message="allowed; unknown: Asleep"/></testcase>)") !=
        std::string::npos);
}

TEST_CASE("checking::format_tap") {
  const std::string skipped = " # SKIP nothing expected; skipped: not asked for\n";
  CHECK(format_tap(report_with(R"(Asleep # TODO \ later)")) ==
        "TAP version 13\n1..8\n"
        "not ok 1 - grant - expected pass, got fail: FORBIDDEN: Insufficient permissions\n"
        "not ok 2 - listen - expected pass, got unknown: Asleep \\# TODO \\\\ later\n"
        "ok 3 - speak - pass: can synthesise speech\n"
        "ok 4 - read # SKIP nothing expected; unknown: timed out\n"
        "ok 5 - listen-ws - pass: can transcribe a stream\n"
        "ok 6 - speak-ws" +
            skipped + "ok 7 - agent-ws" + skipped + "ok 8 - manage - fail\n");
  CHECK(format_tap(report_with("Asleep", true)).find("\nok 2 - listen # SKIP allowed; unknown: Asleep\n") !=
        std::string::npos);
}

TEST_CASE("checking::format_markdown") {
  const auto skipped = [](std::string_view name) {
    return "| " + std::string(name) + " | skipped |  |  | 0 | not asked for |\n";
  };
  CHECK(format_markdown(report_with("a|b <i> `c` \\ [x](y) #1")) ==
        "### dgauth check: not as expected\n"
        "\n"
        "api\\_key env\\:DEEPGRAM\\_API\\_KEY at https\\:\\/\\/api\\.deepgram\\.com\n"
        "\n"
        "| probe | result | expected | HTTP | ms | detail |\n"
        "|---|---|---|---|---|---|\n"
        "| grant | **fail** | pass | 403 | 12 | FORBIDDEN\\: Insufficient permissions |\n"
        "| listen | **unknown** | pass | 503 | 1500 | a\\|b \\<i\\> \\`c\\` \\\\ \\[x\\]\\(y\\) \\#1 |\n"
        "| speak | pass | pass | 400 | 0 | can synthesise speech |\n"
        "| read | unknown |  |  | 30000 | timed out |\n"
        "| listen-ws | pass |  | 101 | 4 | can transcribe a stream |\n" +
            skipped("speak-ws") + skipped("agent-ws") + "| manage | fail | fail | 403 | 0 |  |\n");
  const CheckReport met = report_of({}, {}, deepgram::BaseUrl(), deepgram::nothing_probed(""), false);
  CHECK(format_markdown(met).starts_with("### dgauth check: expectations met\n\napi\\_key  at "));
}

TEST_CASE("checking::format_log: a line in any case, and what is red") {
  CHECK(format_log(report_with("50%: x")) ==
        "dgauth check: not as expected: grant (expected pass, got fail), listen (expected pass, got unknown)\n"
        "::error title=dgauth check::grant: expected pass, got fail: FORBIDDEN: Insufficient permissions\n"
        "::error title=dgauth check::listen: expected pass, got unknown: 50%25: x\n");
  CHECK(format_log(report_with("Asleep", true)) ==
        "dgauth check: not as expected: grant (expected pass, got fail)\n"
        "::error title=dgauth check::grant: expected pass, got fail: FORBIDDEN: Insufficient permissions\n"
        "::warning title=dgauth check::listen: unknown: Asleep\n");
  CHECK(format_log(report_of({}, {}, deepgram::BaseUrl(), deepgram::nothing_probed(""), false)) ==
        "dgauth check: expectations met: nothing\n");
}

TEST_CASE("checking::format_report, by format and by the extension of a file") {
  const CheckReport report = report_with("Asleep");
  CHECK(format_report(report, ReportFormat::text, {.has_color = true}) == format_text(report, {.has_color = true}));
  CHECK(format_report(report, ReportFormat::text) == format_text(report, {}));
  CHECK(format_report(report, ReportFormat::json) == format_json(report));
  CHECK(format_report(report, ReportFormat::junit) == format_junit(report));
  CHECK(format_report(report, ReportFormat::tap) == format_tap(report));
  CHECK(format_report(report, ReportFormat::github) == format_markdown(report));
  CHECK(format_of_file("r.txt") == ReportFormat::text);
  CHECK(format_of_file("a/b.c/r.json") == ReportFormat::json);
  CHECK(format_of_file("r.xml") == ReportFormat::junit);
  CHECK(format_of_file(".tap") == ReportFormat::tap);
  CHECK(format_of_file("r.md") == ReportFormat::github);
  for (const std::string_view path : {"", "report", "xml", "a.xml.bak", ".json.d", "r.XML", "r.log"}) {
    CAPTURE(path);
    CHECK(format_of_file(path) == std::nullopt);
  }
}

TEST_CASE("checking::format_report: a source with newlines keeps to its line") {
  CheckReport report = report_with("Asleep");
  report.credential.source = "profile:a\n::error::x";
  CHECK(format_text(report, {}).starts_with("key     profile:a ::error::x, fingerprint"));
  CHECK(format_markdown(report).find("\napi\\_key profile\\:a \\:\\:error\\:\\:x at ") != std::string::npos);
  CHECK(format_json(report).find(R"("source":"profile:a\n::error::x")") != std::string::npos);
}

}  // namespace
}  // namespace dgauth::checking
