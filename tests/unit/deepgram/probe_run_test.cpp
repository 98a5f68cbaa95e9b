// SPDX-License-Identifier: MIT
#include "deepgram/probe_run.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "support/deepgram_printing.hpp"
#include "support/fake_client.hpp"
#include "support/fake_clock.hpp"
#include "support/made_up.hpp"
#include "support/probe_printing.hpp"

namespace dgauth::deepgram {

inline doctest::String toString(const Identity& identity) {
  return support::braced("Identity", identity.key_id, identity.created, support::bracketed(identity.scopes));
}

namespace {

using support::FakeClient;
using support::FakeClock;
using support::StartedRequest;

constexpr std::string_view bad_body = R"({"err_code":"Bad Request","err_msg":"m"})";

Credential key() { return {.kind = CredentialKind::api_key, .secret = Secret(support::fake_key)}; }

ProbeResults probed(FakeClient& script, ProbeSet probes, http::RequestLimits limits = {}) {
  FakeClock time;
  Redactor redactor;
  redactor.add(key().secret);
  const auto connected = script.connect(time.clock());
  Api api(*connected, BaseUrl(), redactor);
  return run_probes(api, key(), limits, probes, time.clock());
}

std::string verdicts(const ProbeResults& results) {
  std::string text;
  for (const ProbeResult& result : results.probes) {
    text += name_of(result.verdict).front();
  }
  return text;
}

TEST_CASE("deepgram::run_probes: all are on their way before the first is answered, and one asks who this is") {
  FakeClient script;
  for (int i = 0; i < 9; ++i) {
    script.will_answer(500, "");
  }
  const ProbeResults results = probed(script, ProbeSet::all());
  CHECK(verdicts(results) == "uuuuuuuu");
  CHECK_FALSE(results.identity.has_value());
  REQUIRE(script.requests.size() == 9);
  CHECK(script.requests.back().url == "https://api.deepgram.com/v1/auth/token");
}

TEST_CASE("deepgram::run_probes: what is not named is skipped and not sent") {
  FakeClient script;
  script.will_answer(401, "");
  script.will_answer(401, "");
  CHECK(verdicts(probed(script, {ProbeId::read})) == "sssfssss");
  REQUIRE(script.requests.size() == 2);
  CHECK(script.requests[0].url == "https://api.deepgram.com/v1/read?language=en&summarize=v2");
}

TEST_CASE("deepgram::run_probes: a 400 is settled by the same request with a key that is nobody's") {
  FakeClient script;
  script.will_answer(400, bad_body);
  script.will_answer(404, "");
  script.will_answer(401, "");
  CHECK(verdicts(probed(script, {ProbeId::listen})) == "spssssss");
  REQUIRE(script.requests.size() == 3);
  StartedRequest control = script.requests[2];
  CHECK(control.authorization.size() == std::string("Token ").size() + 40);
  CHECK(control.authorization.find_first_not_of("0123456789abcdef", 6) == std::string::npos);
  CHECK(control.authorization != script.requests[0].authorization);
  control.authorization = script.requests[0].authorization;
  CHECK(control == script.requests[0]);
}

TEST_CASE("deepgram::run_probes: the control has the time that its probe left over") {
  FakeClient script;
  http::Response slow;
  slow.status = 400;
  slow.elapsed = std::chrono::milliseconds(700);
  script.will_answer(slow);
  script.will_answer(404, "");
  script.will_fail({.kind = ErrorKind::network, .message = "timed out"});
  const http::RequestLimits limits{
      .total = std::chrono::seconds(1), .connect = std::chrono::milliseconds(300), .retries = 1};
  CHECK(verdicts(probed(script, {ProbeId::speak}, limits)) == "ssusssss");
  CHECK(script.requests[0].limits == limits);
  CHECK(script.requests[2].limits ==
        http::RequestLimits{.total = std::chrono::milliseconds(300), .connect = limits.connect, .retries = 1});
}

TEST_CASE("deepgram::run_probes: a probe without a response took as long as it waited") {
  FakeClient script;
  script.will_fail({.kind = ErrorKind::network, .message = "timed out"}, std::chrono::milliseconds(700));
  script.will_answer(404, "");
  const ProbeResult result = probed(script, {ProbeId::manage}).probes.back();
  CHECK(result == ProbeResult{.probe = ProbeId::manage,
                              .verdict = Verdict::unknown,
                              .detail = "timed out",
                              .elapsed = std::chrono::milliseconds(700)});
}

TEST_CASE("deepgram::run_probes: no time left for the control is no endless wait") {
  FakeClient script;
  http::Response slow;
  slow.status = 400;
  slow.elapsed = std::chrono::seconds(5);
  script.will_answer(slow);
  script.will_answer(404, "");
  script.will_fail({.kind = ErrorKind::network, .message = "timed out"});
  probed(script, {ProbeId::speak}, {.total = std::chrono::seconds(1)});
  CHECK(script.requests[2].limits.total.count() > 0);
}

TEST_CASE("deepgram::run_probes: the identity is shown, and is no verdict") {
  FakeClient script;
  script.will_answer(500, "");
  script.will_answer(200, R"({"api_key_id":"id","scopes":["usage:write"],"created":"2025"})");
  const ProbeResults results = probed(script, {ProbeId::manage});
  CHECK(results.identity == Identity{.key_id = "id", .created = "2025", .scopes = {"usage:write"}});
  CHECK(verdicts(results) == "sssssssu");
}

TEST_CASE("deepgram::decode_identity") {
  const auto decoded = [](std::string_view body) { return decode_identity(body, Redactor()); };
  CHECK(decoded(R"({"scopes":[]})") == Identity{});
  CHECK(decoded(R"({"scopes":["a","b"],"api_key_id":"k","created":"c","more":1})") ==
        Identity{.key_id = "k", .created = "c", .scopes = {"a", "b"}});
  CHECK(decoded(R"({"scopes":["a"],"api_key_id":7,"created":null})") == Identity{.scopes = {"a"}});
  for (const std::string_view odd :
       {"", "[]", "{}", "null", "7", R"({"scopes":"a"})", R"({"scopes":{"a":1}})", R"({"scopes":[1]})",
        R"({"scopes":["a",null]})", "<html>", R"({"scopes":["a"]}x)"}) {
    CAPTURE(odd);
    CHECK_FALSE(decoded(odd).has_value());
  }
  std::string many = "{\"scopes\":[\"a\"";
  for (int i = 0; i < 1000; ++i) {
    many += ",\"a\"";
  }
  CHECK_FALSE(decoded(many + "]}").has_value());
}

TEST_CASE("deepgram::decode_identity: promises 18 and 19, its texts are tamed") {
  Redactor redactor;
  redactor.add(Secret(support::fake_key));
  const std::string echo = std::string(support::fake_key) + R"(\u001b[31m)";
  const std::string body =
      R"({"scopes":[")" + echo + R"("],"api_key_id":")" + echo + R"(","created":")" + echo + R"("})";
  const auto identity = decode_identity(body, redactor);
  REQUIRE(identity.has_value());
  for (const std::string& text : {identity->key_id, identity->created, identity->scopes[0]}) {
    CHECK(text.starts_with("<redacted>"));
    CHECK(text.find('\x1b') == std::string::npos);
  }
}

TEST_CASE("deepgram::run_probes: no result repeats the token that the grant probe mints, promise 19") {
  constexpr std::string_view minted = "opaque-token-of-the-probe";
  FakeClient script;
  const std::string identity = fmt::format(R"({{"api_key_id":"{0}","scopes":["{0}"],"created":"{0}"}})", minted);
  // All but the grant are answered before the token is known to anybody but the server.
  script.will_answer(200, fmt::format(R"({{"access_token":"{}","expires_in":30}})", minted), minted,
                     std::chrono::milliseconds(5));
  script.will_answer(403,
                     fmt::format(R"({{"err_code":"FORBIDDEN","err_msg":"not with {0}","request_id":"{0}"}})", minted));
  script.will_answer(200, identity);
  const ProbeResults results = probed(script, ProbeSet(std::array{ProbeId::grant, ProbeId::speak}));
  for (const ProbeResult& result : results.probes) {
    CHECK(result.request_id.find(minted.substr(0, 8)) == std::string::npos);
    CHECK(result.detail.find(minted.substr(0, 8)) == std::string::npos);
  }
  CHECK(results.identity == Identity{.key_id = "<redacted>", .created = "<redacted>", .scopes = {"<redacted>"}});
}

TEST_CASE("deepgram::nothing_probed: eight that were skipped, and why") {
  const ProbeResults results = nothing_probed("no token");
  CHECK(verdicts(results) == "ssssssss");
  CHECK(std::ranges::all_of(results.probes, [](const ProbeResult& each) { return each.detail == "no token"; }));
}

}  // namespace
}  // namespace dgauth::deepgram
