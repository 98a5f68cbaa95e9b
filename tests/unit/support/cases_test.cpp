// SPDX-License-Identifier: MIT
#include <filesystem>
#include <fstream>
#include <stdexcept>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "support/cases/verdict.hpp"

// The runner of cases against small fake programs: a case that should fail does fail, and says why.
namespace dgauth::cases {
namespace {

using Args = std::vector<std::string>;

Case case_with(const std::string& fields) {
  const bool has_args = fields.find("\"args\"") != std::string::npos;
  std::vector<Case> cases = cases_of(fmt::format(
      R"([{{"name": "a case"{}{}{}}}])", has_args ? "" : R"(, "args": ["grant"])", fields.empty() ? "" : ", ", fields));
  REQUIRE(cases.size() == 1);
  return std::move(cases[0]);
}

// What the runner has to say of a program that does this.
std::string said(const Program& program, const std::string& fields) {
  const Case one = case_with(fields);
  Trial trial = run_case(one, program);
  return fmt::format("{}", fmt::join(complaints(one, trial), "\n"));
}

Program printing(const std::string& out, const std::string& err, ExitStatus status = ExitStatus::ok) {
  return [=](const Args&, const host::Host& host, const http::ClientFactory&) {
    host.console.write_err(err);
    return host.console.write_out(out) ? status : ExitStatus::failed;
  };
}

const std::string failure_text = "dgauth: error: no luck\n";

Program failing() { return printing("", failure_text, ExitStatus::service); }

// Mints once and prints the body of the reply.
ExitStatus honest(const Args& /*args*/, const host::Host& host, const http::ClientFactory& make_client) {
  http::Request request;
  request.method = "POST";
  request.url = std::string(host.environment.get("DEEPGRAM_BASE_URL")) + "/v1/auth/grant";
  request.authorization = Secret("Token " + std::string(host.environment.get("DEEPGRAM_API_KEY")));
  request.body = R"({"ttl_seconds":60})";
  const auto client = make_client({}).value();
  Result<http::Response> response = fail(ErrorKind::internal, "not answered");
  client->start(std::move(request), [&response](Result<http::Response> reply) { response = std::move(reply); });
  client->run();
  return response && host.console.write_out(response->body) ? ExitStatus::ok : ExitStatus::network;
}

ExitStatus twice(const Args& args, const host::Host& host, const http::ClientFactory& make_client) {
  honest(args, host, make_client);
  return honest(args, host, make_client);
}

bool holds(const std::string& text, std::string_view piece) {
  INFO(text);
  CHECK(text.find(piece) != std::string::npos);
  return text.find(piece) != std::string::npos;
}

const std::string reply = R"("replies": [{"body": "{token}\n"}])";

}  // namespace

TEST_CASE("cases: an honest run passes") {
  CHECK(said(honest, reply + R"(, "stdout": "{token}\n", "requests": [{"method": "POST", "path": "/v1/auth/grant",
      "authorization": "Token {key}", "headers": {"Accept": null}, "json": {"ttl_seconds": 60}}])") == "");
  CHECK(said(failing(), R"("status": 8)") == "");
  CHECK(said(failing(), R"("status": [7, 8])") == "");
}

TEST_CASE("cases: wrong bytes and a wrong status are failures") {
  holds(said(honest, reply + R"(, "stdout": "{token}")"), "stdout wanted");
  holds(said(honest, reply), "stdout wanted");
  holds(said(failing(), R"("replies": [])"), "status 8, wanted 0");
  holds(said(failing(), R"("status": 8, "stderr_has": ["hint"])"), "stderr lacks");
  holds(said(failing(), R"("status": 8, "stderr_lacks": ["luck"])"), "stderr holds");
  holds(said(failing(), R"("status": 8, "stderr": "x\n")"), "stderr wanted");
  holds(said(failing(), R"("status": 8, "stderr_match": "dgauth.luck")"), "does not match");
  CHECK(said(failing(), R"("status": 8, "stderr_match": "dgauth.*luck.")") == "");
  holds(said(printing("x\n", failure_text, ExitStatus::service), R"("status": 8, "stdout": "x\n")"), "stdout wanted");
}

TEST_CASE("cases: requests that differ, fail to come, or come unasked are failures") {
  holds(said(twice, reply + R"(, "stdout_has": ["."])"), "unexpected request");
  holds(said(failing(), reply + R"(, "status": 8)"), "not asked for");
  holds(said(honest, R"("replies": [], "status": 7, "stderr_free": true)"), "unexpected request");
  for (const auto& [wanted, complaint] : {std::pair(R"({"authorization": "Token x"})", "authorization of the request"),
                                          {R"({"method": "GET"})", "method"},
                                          {R"({"path": "/"})", "path"},
                                          {R"({"body": ""})", "body of"},
                                          {R"({"json": {}})", "body is"},
                                          {R"({"headers": {"Authorization": null}})", "header Authorization"}}) {
    holds(said(honest, fmt::format(R"({}, "stdout": "{{token}}\n", "requests": [{}])", reply, wanted)), complaint);
  }
  holds(said(honest, reply + R"(, "stdout": "{token}\n", "requests": [])"), "1 requests, wanted 0");
}

TEST_CASE("cases: a part of a secret in the open is a failure, promise 19") {
  const auto showing = [](const std::function<std::string(const std::string& key)>& line, bool on_stdout) {
    return [=](const Args&, const host::Host& host, const http::ClientFactory&) {
      const std::string text = line(std::string(host.environment.get("DEEPGRAM_API_KEY")));
      on_stdout ? static_cast<void>(host.console.write_out(text)) : host.console.write_err(text);
      return ExitStatus::ok;
    };
  };
  const auto warning = [&](const std::string& mark, std::size_t size) {
    return showing([=](const std::string& key) { return mark + key.substr(3, size) + "\n"; }, false);
  };
  const std::string fields = R"("replies": [], "stderr_has": [":"])";
  holds(said(warning("dgauth: warning: ", 8), fields), "of a secret");
  CHECK(said(warning("dgauth: warning: ", 7), fields) == "");
  CHECK(said(warning("::add-mask::", 20), fields) == "");
  const std::string of_other = R"("replies": [], "secrets": ["a+secret/of=its own"], "stderr_has": [":"])";
  holds(said(printing("", "dgauth: note: YStzZWNyZXQvb2Y9aXRzIG93bg\n"), of_other), "of a secret");
  holds(said(printing("", "dgauth: note: a%2Bsecret%2Fof\n"), of_other), "of a secret");
  const Program shown = showing([](const std::string& key) { return key; }, true);
  CHECK(said(shown, R"("replies": [], "stdout": "{key}")") == "");
  holds(said(shown, R"("args": ["grant", "--dry-run"], "replies": [], "stdout": "{key}")"), "of a secret");
  holds(said(shown, R"("args": ["check"], "replies": [], "stdout": "{key}")"), "of a secret");
}

TEST_CASE("cases: every line on stderr has its form") {
  for (const auto& [line, complaint] : {std::pair("no beginning", "without a known beginning"),
                                        {"dgauth: warning: so it is.", "full stop"},
                                        {"dgauth: warning: So it", "capital"},
                                        {"dgauth: trace: POST", "trace without -v"},
                                        {"dgauth: error: but status 0", "1 error lines"}}) {
    holds(said(printing("", std::string(line) + "\n"), fmt::format(R"("stderr_has": ["{}"])", line)), complaint);
  }
  holds(said(printing("", "dgauth: warning: x\n"), ""), "stderr wanted");
  holds(said(printing("", "dgauth: warning: x"), R"("stderr_has": ["x"])"), "does not end its last line");
  holds(said(printing("", "", ExitStatus::service), R"("status": 8)"), "0 error lines");
}

TEST_CASE("cases: a JSON error has its members, and agrees with the status") {
  const std::string error =
      R"({"error":{"kind":"service","exit_status":8,"message":"m","hint":null,"http_status":null,)"
      R"("request_id":null}})";
  CHECK(said(printing("", error + "\n", ExitStatus::service), R"("status": 8, "stderr_json": {"message": "m"})") == "");
  holds(said(printing("", error + "\n", ExitStatus::service), R"("status": 8, "stderr_json": {"message": "n"})"),
        "error.message is \"m\"");
  holds(said(printing("", error + "\n", ExitStatus::rejected), R"("status": 9, "stderr_json": {})"), "for status 9");
  holds(said(printing("", error + "\n\n", ExitStatus::service), R"("status": 8, "stderr_json": {})"), "not one line");
  holds(said(printing("", "{}\n", ExitStatus::service), R"("status": 8, "stderr_json": {})"), "not a JSON error");
  holds(said(printing("", "{\"error\":{}}\n", ExitStatus::service), R"("status": 8, "stderr_json": {})"), "members");
}

TEST_CASE("cases: JSON on stdout, with times that count from noon") {
  const Program program = printing("{\"a\":1,\"at\":1772366460,\"in\":60,\"utc\":\"2026-03-01T12:01:00Z\"}\n", "");
  CHECK(said(program, R"("stdout_json": {"a": 1, "at": "@unix+60", "in": "@seconds+60", "utc": "@utc+60"})") == "");
  holds(said(program, R"("stdout_json": {"a": 1, "at": "@unix+61", "in": "@seconds+60", "utc": "@utc+60"})"), "wanted");
  holds(said(program, R"("stdout_json": {"at": "@unix+60", "a": 1, "in": 60, "utc": "@utc+60"})"), "stdout wanted");
}

TEST_CASE("cases: no file comes, goes or changes unless the case says so") {
  const auto doing = [](const std::function<void()>& action) {
    return [=](const Args&, const host::Host&, const http::ClientFactory&) {
      action();
      return ExitStatus::ok;
    };
  };
  const Program touching = doing([] { std::ofstream("f") << "x\n"; });
  holds(said(touching, ""), "f appeared");
  holds(said(doing([] { std::filesystem::remove("f"); }), R"("files": {"f": {"text": ""}})"), "went away");
  holds(said(touching, R"("files_after": {"f": {"text": "y\n"}})"), "f wanted");
  holds(said(touching, R"("files_after": {"f": {"mode": "777"}})"), "f has mode");
  holds(said(touching, R"("files_after": {"f": {"absent": true}})"), "f is there");
  holds(said(touching, R"("files_after": {"f": {}, "~/g": {}})"), "~/g is not there");
  CHECK(said(touching, R"("files": {"f": {"text": "", "mode": "640"}},
                          "files_after": {"f": {"text": "x\n", "mode": "640"}})") == "");
}

TEST_CASE("cases: a case gets the arguments, files and stdin that it asks for") {
  const Program echoing = [](const Args& args, const host::Host& host, const http::ClientFactory&) {
    std::ifstream file(std::string(host.environment.get("HOME")) + "/f");
    std::string word;
    file >> word;
    return host.console.write_out(fmt::format("{} {} {}", fmt::join(args, ","), word, host.environment.get("A")))
               ? ExitStatus::ok
               : ExitStatus::failed;
  };
  CHECK(said(echoing, R"("args": ["a", 5, ["b", {"repeat": "c", "times": 3}]], "files": {"~/f": {"text": "{key}"}},
                         "env": {"A": {"latin1": "\u00ff"}}, "stdout": ["a,5,bccc {key} ", {"latin1": "\u00ff"}])") ==
        "stdout holds 'fa4e0003' of a secret");
}

TEST_CASE("cases: `each` makes a case for each value, and a file that is wrong is refused") {
  const std::vector<Case> cases = cases_of(
      R"([{"name": "{each.x} {each}", "args": ["{each.y}", "{each.x}{each.y}"], "each": [{"x": "a", "y": 5}]}])");
  REQUIRE(cases.size() == 1);
  CHECK(cases[0].name() == R"(a {"x":"a","y":5})");
  CHECK(json_text(*member(cases[0].json, "args")) == R"([5,"a5"])");
  for (const char* wrong :
       {R"([{"name": "a", "args": [], "stdot": ""}])", R"([{"name": "a"}])", R"([{"args": []}])", "[",
        R"([{"name": "a", "args": [], "args": []}])", R"([{"name": "a", "args": []}, {"name": "a", "args": []}])",
        R"([{"name": "a", "args": [], "sandbox": "member"}])", R"([{"name": "a", "args": [], "takes": [0, 1]}])",
        R"([{"name": "a", "args": [], "replies": [{"cut": 5}]}])"}) {
    CAPTURE(std::string(wrong));
    CHECK_THROWS_AS(cases_of(wrong), std::runtime_error);
  }
}

}  // namespace dgauth::cases
