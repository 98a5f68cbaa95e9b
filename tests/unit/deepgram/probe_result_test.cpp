// SPDX-License-Identifier: MIT
#include "deepgram/probe_result.hpp"

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

http::Response answer(int status, std::string_view body, std::map<std::string, std::string, std::less<>> headers = {}) {
  http::Response response;
  response.status = status;
  response.body = body;
  response.headers = std::move(headers);
  return response;
}

// What comes of it: P, F, U, or C if a control has to tell.
char letter(const Probe& probe, const Result<http::Response>& response) {
  const Judgement judgement = judge(probe, response, {}, Redactor());
  CHECK(judgement.result.probe == probe.id);
  if (judgement.needs_control) {
    CHECK(judgement.result.verdict == Verdict::unknown);
    return 'C';
  }
  switch (judgement.result.verdict) {
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
    text += letter(probe, response);
  }
  return text;
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
  const Probe& listen = probe_of(ProbeId::listen);
  const auto is_refused = [&listen](const http::Response& response) {
    return judge(listen, response, {}, Redactor()).result.is_credential_refused;
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
  const Probe& manage = probe_of(ProbeId::manage);
  const auto detail = [&manage](const Result<http::Response>& response) {
    return judge(manage, response, {}, Redactor()).result.detail;
  };
  CHECK(detail(fail(ErrorKind::network, "timed out")) == "timed out");
  CHECK(detail(answer(404, "")).find("regional") != std::string::npos);
  CHECK(detail(answer(503, "", {{"dg-error", "Asleep."}})) == "Asleep");
  CHECK(detail(answer(403, web_page)).find("proxy") != std::string::npos);
  CHECK(detail(answer(403, R"({"category":"C","message":"Not you.","details":"Scope 'x'."})")) ==
        "C: Not you. Scope 'x'");
  const auto in_body = answer(401, R"({"err_msg":"m","request_id":"in-body"})", {{"dg-request-id", "h"}});
  CHECK(judge(manage, in_body, {}, Redactor()).result.request_id == "in-body");
  CHECK(judge(manage, answer(401, "", {{"dg-request-id", "h"}}), {}, Redactor()).result.request_id == "h");
}

TEST_CASE("deepgram::judge: promise 19, an echo of the credential is redacted in every part") {
  Redactor redactor;
  redactor.add(Secret(fake_key));
  const std::string echo = R"({"err_code":")" + std::string(fake_key) + R"(","err_msg":"you sent )" +
                           std::string(fake_key) + R"(","request_id":")" + std::string(fake_key) + R"("})";
  const ProbeResult result = judge(probe_of(ProbeId::listen), answer(403, echo), {}, redactor).result;
  CHECK(result.detail == "<redacted>: you sent <redacted>");
  CHECK(result.request_id == "<redacted>");
}

TEST_CASE("deepgram::judge_with_control: only a bogus key that is refused as such makes a pass") {
  const Probe& listen = probe_of(ProbeId::listen);
  const http::Response first = answer(400, bad_body, {{"dg-request-id", "first"}});
  const auto judged = [&](const Result<http::Response>& control) {
    const Judgement undecided = judge(listen, first, {}, Redactor());
    REQUIRE(undecided.needs_control);
    return judge_with_control(undecided.result, control);
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
  const Judgement undecided = judge(probe_of(ProbeId::speak), first, {}, Redactor());
  CHECK(undecided.result.elapsed == std::chrono::milliseconds(30));
  CHECK(judge_with_control(undecided.result, control).elapsed == std::chrono::milliseconds(42));
}

}  // namespace
}  // namespace dgauth::deepgram
