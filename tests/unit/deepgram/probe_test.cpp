// SPDX-License-Identifier: MIT
#include "deepgram/probe.hpp"

#include <set>

#include "support/deepgram_printing.hpp"
#include "support/http_printing.hpp"
#include "support/made_up.hpp"
#include "support/probe_printing.hpp"

namespace dgauth::deepgram {

namespace {

using support::fake_key;

constexpr std::string_view granted = R"({"access_token":"eyJ0.e30.c2ln","expires_in":1})";
constexpr std::string_view bad_body = R"({"err_code":"Bad Request","err_msg":"Could not parse URL as a URI"})";
constexpr std::string_view invalid = R"({"err_code":"INVALID_AUTH","err_msg":"Invalid credentials."})";
constexpr std::string_view lacks = R"({"err_code":"INSUFFICIENT_PERMISSIONS","err_msg":"m"})";
constexpr std::string_view web_page = "<!DOCTYPE html><html><body>no</body></html>";

const Probe& probe_named(std::string_view name) {
  for (const Probe& probe : all_probes()) {
    if (probe.name == name) {
      return probe;
    }
  }
  FAIL("no such probe");
  return all_probes().front();
}

BaseUrl base(std::string_view text) {
  const Result<BaseUrl> url = BaseUrl::parse(text);
  REQUIRE(url.has_value());
  return *url;
}

http::Response answer(int status, std::string_view body, std::map<std::string, std::string, std::less<>> headers = {}) {
  http::Response response;
  response.status = status;
  response.body = body;
  response.headers = std::move(headers);
  return response;
}

// What comes of it: P, F, U, or C if a control has to tell.
char letter(std::string_view probe, const Result<http::Response>& response) {
  const auto result = judge(probe_named(probe), response, Redactor());
  if (!result) {
    return 'C';
  }
  switch (result->verdict) {
    case Verdict::pass: return 'P';
    case Verdict::fail: return 'F';
    case Verdict::unknown: return 'U';
    case Verdict::skipped: return 'S';
  }
  return '?';
}

std::string letters(const Result<http::Response>& response) {
  std::string text;
  for (const Probe& probe : all_probes()) {
    text += letter(probe.name, response);
  }
  return text;
}

TEST_CASE("deepgram::all_probes: the eight of them, in the order of the reports") {
  std::vector<std::string> names;
  for (const Probe& probe : all_probes()) {
    names.emplace_back(probe.name);
  }
  CHECK(names ==
        std::vector<std::string>{"grant", "listen", "speak", "read", "listen-ws", "speak-ws", "agent-ws", "manage"});
}

TEST_CASE("deepgram::probe_request: the global agent has a host of its own") {
  const Probe& agent = probe_named("agent-ws");
  CHECK(probe_request(agent, BaseUrl()).url == "https://agent.deepgram.com/v1/agent/converse");
  struct Row {
    std::string_view base_url;
    std::string_view url;
  };
  for (const Row& row : {
           Row{"https://api.deepgram.com", "https://agent.deepgram.com/v1/agent/converse"},
           Row{"https://api.deepgram.com/", "https://agent.deepgram.com/v1/agent/converse"},
           Row{"https://API.deepgram.com", "https://agent.deepgram.com/v1/agent/converse"},
           Row{"https://api.deepgram.com:443", "https://agent.deepgram.com/v1/agent/converse"},
           Row{"https://api.eu.deepgram.com", "https://api.eu.deepgram.com/v1/agent/converse"},
           Row{"https://api.deepgram.com/x", "https://api.deepgram.com/x/v1/agent/converse"},
           Row{"https://proxy.example/deepgram", "https://proxy.example/deepgram/v1/agent/converse"},
           Row{"http://localhost:8080", "http://localhost:8080/v1/agent/converse"},
       }) {
    CAPTURE(row.base_url);
    CHECK(probe_request(agent, base(row.base_url)).url == row.url);
  }
  CHECK(probe_request(probe_named("listen-ws"), BaseUrl()).url == "https://api.deepgram.com/v1/listen?model=nova-3");
}

TEST_CASE("deepgram::probe_request: what has a handshake for its proof is one, without a body") {
  for (const Probe& probe : all_probes()) {
    CAPTURE(probe.name);
    const http::Request request = probe_request(probe, BaseUrl());
    const bool is_handshake = probe.name.ends_with("-ws");
    CHECK(request.upgrade.has_value() == is_handshake);
    CHECK((request.method == "GET") == (is_handshake || probe.name == "manage"));
    CHECK(request.body.empty() == (request.method == "GET"));
    CHECK(request.authorization.empty());
  }
}

TEST_CASE("deepgram::probe_request: each handshake has a key of its own") {
  std::set<std::string> keys;
  for (int i = 0; i < 50; ++i) {
    keys.insert(probe_request(probe_named("listen-ws"), BaseUrl()).upgrade->key);
  }
  CHECK(keys.size() == 50);
  CHECK(keys.begin()->size() == 24);
}

TEST_CASE("deepgram::judge: the same answer to each probe") {
  const auto cut = [](http::Response response) {
    response.is_truncated = true;
    return response;
  };
  http::Response upgraded = answer(101, "");
  upgraded.is_upgraded = true;
  // grant, listen, speak, read, listen-ws, speak-ws, agent-ws, manage
  CHECK(letters(answer(200, granted)) == "PUUUUUUU");
  CHECK(letters(cut(answer(200, granted))) == "UUUUUUUU");
  CHECK(letters(answer(200, R"({"projects":[]})")) == "UUUUUUUP");
  CHECK(letters(cut(answer(200, R"({"projects":[]})"))) == "UUUUUUUU");
  CHECK(letters(answer(200, R"({"projects":7})")) == "UUUUUUUU");
  CHECK(letters(answer(200, "")) == "UUUUUUUU");
  CHECK(letters(answer(200, web_page)) == "UUUUUUUU");
  CHECK(letters(upgraded) == "UUUUPPPU");
  CHECK(letters(answer(101, "")) == "UUUUUUUU");
  CHECK(letters(answer(400, bad_body)) == "UCCCCCCU");
  CHECK(letters(answer(400, "")) == "UCCCCCCU");
  CHECK(letters(answer(400, R"({"err_code":"BAD_REQUEST","err_msg":"Invalid credentials."})")) == "FFFFFFFF");
  CHECK(letters(answer(401, invalid)) == "FFFFFFFF");
  CHECK(letters(cut(answer(401, invalid))) == "FFFFFFFF");
  CHECK(letters(answer(401, "")) == "FFFFFFFF");
  CHECK(letters(answer(402, "")) == "FFFFFFFF");
  CHECK(letters(answer(403, "")) == "FFFFFFFF");
  for (const int status : {401, 402, 403}) {
    CHECK(letters(answer(status, web_page)) == "UUUUUUUU");
  }
  for (const int status : {204, 301, 302, 307, 404, 405, 408, 411, 413, 415, 422, 426, 429, 500, 502, 503, 504}) {
    CAPTURE(status);
    CHECK(letters(answer(status, "")) == "UUUUUUUU");
    CHECK(letters(answer(status, invalid)) == "UUUUUUUU");
  }
  CHECK(letters(fail(ErrorKind::network, "timed out")) == "UUUUUUUU");
}

TEST_CASE("deepgram::judge: whether the credential itself was refused") {
  const Probe& listen = probe_named("listen");
  const auto is_refused = [&listen](const http::Response& response) {
    return judge(listen, response, Redactor())->is_credential_refused;
  };
  CHECK(is_refused(answer(401, invalid)));
  CHECK(is_refused(answer(401, "")));
  CHECK(is_refused(answer(403, R"({"category":"UNAUTHORIZED","message":"m"})")));
  CHECK_FALSE(is_refused(answer(401, lacks)));
  CHECK_FALSE(is_refused(answer(402, "")));
  CHECK_FALSE(is_refused(answer(403, "")));
  CHECK_FALSE(is_refused(answer(429, invalid)));
  CHECK_FALSE(is_refused(answer(500, invalid)));
}

TEST_CASE("deepgram::judge: what is told of an answer") {
  const Probe& manage = probe_named("manage");
  const auto detail = [&manage](const Result<http::Response>& response) {
    return judge(manage, response, Redactor())->detail;
  };
  CHECK(detail(fail(ErrorKind::network, "timed out")) == "timed out");
  CHECK(detail(answer(404, "")).find("regional") != std::string::npos);
  CHECK(detail(answer(503, "", {{"dg-error", "Asleep."}})) == "Asleep");
  CHECK(detail(answer(403, web_page)).find("proxy") != std::string::npos);
  CHECK(detail(answer(403, R"({"category":"C","message":"Not you.","details":"Scope 'x'."})")) ==
        "C: Not you. Scope 'x'");
  const auto result =
      judge(manage, answer(401, R"({"err_msg":"m","request_id":"in-body"})", {{"dg-request-id", "h"}}), Redactor());
  CHECK(result->request_id == "in-body");
  CHECK(judge(manage, answer(401, "", {{"dg-request-id", "h"}}), Redactor())->request_id == "h");
}

TEST_CASE("deepgram::judge: promise 19, an echo of the credential is redacted in every part") {
  Redactor redactor;
  redactor.add(Secret(fake_key));
  const std::string echo = R"({"err_code":")" + std::string(fake_key) + R"(","err_msg":"you sent )" +
                           std::string(fake_key) + R"(","request_id":")" + std::string(fake_key) + R"("})";
  const auto result = judge(probe_named("listen"), answer(403, echo), redactor);
  CHECK(result->detail == "<redacted>: you sent <redacted>");
  CHECK(result->request_id == "<redacted>");
}

TEST_CASE("deepgram::judge_with_control: only a bogus key that is refused as such makes a pass") {
  const Probe& listen = probe_named("listen");
  const http::Response first = answer(400, bad_body, {{"dg-request-id", "first"}});
  const auto judged = [&](const Result<http::Response>& control) {
    return judge_with_control(listen, first, control, Redactor());
  };
  CHECK(judged(answer(401, invalid)).verdict == Verdict::pass);
  CHECK(judged(answer(401, "")).verdict == Verdict::pass);
  CHECK(judged(answer(400, R"({"err_msg":"Invalid credentials."})")).verdict == Verdict::pass);
  CHECK(judged(answer(403, R"({"category":"UNAUTHORIZED"})")).verdict == Verdict::pass);
  for (const int status : {200, 204, 302, 400, 403, 404, 429, 500}) {
    CAPTURE(status);
    CHECK(judged(answer(status, "")).verdict == Verdict::unknown);
  }
  CHECK(judged(answer(401, lacks)).verdict == Verdict::unknown);
  CHECK(judged(answer(401, web_page)).verdict == Verdict::unknown);
  CHECK(judged(answer(404, invalid)).verdict == Verdict::unknown);
  CHECK(judged(answer(500, invalid)).verdict == Verdict::unknown);
  const ProbeResult without = judged(fail(ErrorKind::network, "timed out"));
  CHECK(without.verdict == Verdict::unknown);
  CHECK(without.detail.find("timed out") != std::string::npos);
  CHECK(without.http_status == 400);
  CHECK(without.request_id == "first");
}

TEST_CASE("deepgram::judge_with_control: the time of both counts") {
  http::Response first = answer(400, bad_body);
  http::Response control = answer(401, "");
  first.elapsed = std::chrono::milliseconds(30);
  control.elapsed = std::chrono::milliseconds(12);
  CHECK(judge_with_control(probe_named("speak"), first, control, Redactor()).elapsed == std::chrono::milliseconds(42));
}

}  // namespace
}  // namespace dgauth::deepgram
