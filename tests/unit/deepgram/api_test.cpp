// SPDX-License-Identifier: MIT
#include "deepgram/api.hpp"

#include "base/version.hpp"
#include "deepgram/requests.hpp"
#include "support/deepgram_printing.hpp"
#include "support/fake_client.hpp"
#include "support/made_up.hpp"

namespace dgauth::deepgram {
namespace {

using namespace std::chrono_literals;
using support::FakeClient;
using support::noon;
using support::StartedRequest;

constexpr http::RequestLimits limits{.total = 7s, .connect = 3s, .retries = 1};

Result<AccessToken> granted(FakeClient& client, std::optional<std::chrono::seconds> ttl = {},
                            const BaseUrl& base_url = {}) {
  const auto connected = client.connect();
  Redactor redactor;
  redactor.add(Secret(support::fake_key));
  return Api(*connected, base_url, redactor)
      .grant(ttl ? std::optional(*Ttl::of(*ttl)) : std::nullopt,
             {.secret = Secret(support::fake_key), .source = "env:DEEPGRAM_API_KEY"}, limits);
}

std::string reply_with(const std::string& token, const std::string& rest = "") {
  return R"({"access_token":")" + token + "\"" + rest + "}";
}

}  // namespace

TEST_CASE(
    "deepgram::Api::start adds the credential and the limits: a handshake has its credential in the subprotocol") {
  struct Row {
    Credential credential;
    std::string authorization, subprotocol;
  };
  const std::string jwt = "eyJ0.e30.c2ln";
  const Row rows[] = {{{CredentialKind::api_key, Secret(support::fake_key)},
                       "Token " + std::string(support::fake_key),
                       "token, " + std::string(support::fake_key)},
                      {{CredentialKind::access_token, Secret(jwt)}, "Bearer " + jwt, "bearer, " + jwt}};
  for (const Row& row : rows) {
    FakeClient client;
    const auto connected = client.connect();
    Redactor redactor;
    Api api(*connected, BaseUrl(), redactor);
    http::Request handshake = empty_request("GET", "https://api.deepgram.com/v1/listen");
    handshake.upgrade.emplace();
    int responses = 0;
    const auto count = [&responses](const Result<http::Response>& response) { responses += response ? 1 : 0; };
    client.will_answer(200, "");
    client.will_answer(101, "");
    api.start(
        {.request = empty_request("GET", "https://api.deepgram.com/"), .credential = row.credential, .limits = limits},
        count);
    api.start_unjudged({.request = handshake, .credential = row.credential, .limits = limits}, count);
    api.run();
    CHECK(responses == 2);
    REQUIRE(client.requests.size() == 2);
    CHECK(client.requests[0].authorization == row.authorization);
    CHECK(client.requests[0].subprotocol.empty());
    CHECK(client.requests[1].authorization.empty());
    CHECK(client.requests[1].subprotocol == row.subprotocol);
    CHECK(client.requests[0].limits == limits);
    CHECK(client.requests[1].limits == limits);
  }
}

TEST_CASE("deepgram::Api::start makes an Error of every response that is not a success, promise 19") {
  FakeClient client;
  const auto connected = client.connect();
  Redactor redactor;
  Api api(*connected, BaseUrl(), redactor);
  std::vector<std::string> ends;
  for (const int status : {200, 204, 302, 401, 500}) {
    client.will_answer(status, R"({"err_msg":"no 5ecretSignature01 here"})");
    api.start({.request = empty_request("GET", "https://api.deepgram.com/"),
               .credential = {CredentialKind::api_key, Secret(support::fake_key)},
               .limits = limits,
               .secrets = {Secret("5ecretSignature01")}},
              [&ends](const Result<http::Response>& response) {
                ends.emplace_back(response ? "ok" : response.error().message);
              });
  }
  client.will_fail({.kind = ErrorKind::network, .message = "no connection"});
  api.start({.request = empty_request("GET", "https://api.deepgram.com/"), .credential = {}, .limits = limits},
            [&ends](const Result<http::Response>& response) { ends.push_back(response.error().message); });
  api.run();
  REQUIRE(ends.size() == 6);
  CHECK(ends[0] == "ok");
  CHECK(ends[1] == "ok");
  CHECK(ends[2].find("the server sent a redirect, which dgauth never follows") == 0);
  CHECK(ends[3] == "the API key was refused: no <redacted> here (HTTP 401)");
  CHECK(ends[4] == "the server failed: no <redacted> here (HTTP 500)");
  CHECK(ends[5] == "no connection");
}

TEST_CASE("deepgram::Api::grant takes a token from a 200 only") {
  for (const int status : {201, 202, 206}) {
    FakeClient client;
    client.will_answer(status, reply_with("fake-token"));
    const Result<AccessToken> token = granted(client);
    REQUIRE_FALSE(token.has_value());
    CHECK(token.error().kind == ErrorKind::service);
    CHECK(token.error().http_status == status);
  }
}

TEST_CASE("deepgram::Api::grant shows nothing of the new token, wherever the server repeats it, promise 19") {
  FakeClient client;
  client.will_answer(200, reply_with("opaque-token-of-the-test"), "opaque-token-of-the-test");
  const Result<AccessToken> token = granted(client);
  REQUIRE(token.has_value());
  CHECK(token->request_id == "<redacted>");

  // Also where it is of no use: another status, a refusal, characters that no token has.
  struct Row {
    int status;
    std::string token;
  };
  for (const Row& row : {Row{201, "opaque-token-of-the-test"}, Row{403, "opaque-token-of-the-test"},
                         Row{503, "opaque-token-of-the-test"}, Row{200, "odd,characters,in,a,token"}}) {
    CAPTURE(row.status);
    FakeClient odd;
    odd.will_answer(row.status, reply_with(row.token, R"(,"err_msg":"not )" + row.token + "\""), row.token);
    const Result<AccessToken> refused = granted(odd);
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().request_id == "<redacted>");
    CHECK(refused.error().message.find(row.token.substr(0, 8)) == std::string::npos);
  }
}

TEST_CASE("deepgram::Api::grant sends one request, compared whole") {
  struct Row {
    std::optional<std::chrono::seconds> ttl;
    std::string_view base_url, url, body;
  };
  constexpr Row rows[] = {
      {std::nullopt, "https://api.deepgram.com", "https://api.deepgram.com/v1/auth/grant", "{}"},
      {60s, "https://api.eu.deepgram.com", "https://api.eu.deepgram.com/v1/auth/grant", R"({"ttl_seconds":60})"},
      {3600s, "https://proxy.example/deepgram/", "https://proxy.example/deepgram/v1/auth/grant",
       R"({"ttl_seconds":3600})"},
      {1s, "http://127.0.0.1:8080", "http://127.0.0.1:8080/v1/auth/grant", R"({"ttl_seconds":1})"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.base_url);
    FakeClient client;
    client.will_answer(200, reply_with("fake-token"));
    REQUIRE(granted(client, row.ttl, *BaseUrl::parse(row.base_url)).has_value());
    CHECK(client.requests == std::vector{StartedRequest{.method = "POST",
                                                        .url = std::string(row.url),
                                                        .headers = {{"User-Agent", "dgauth/" + std::string(version())},
                                                                    {"Content-Type", "application/json"}},
                                                        .authorization = "Token " + std::string(support::fake_key),
                                                        .body = std::string(row.body),
                                                        .retry_policy = http::RetryPolicy::freely,
                                                        .limits = limits,
                                                        .body_limit = 1024 * 1024,
                                                        .wanted_headers = {"dg-request-id"}}});
  }
}

TEST_CASE("deepgram::Api::grant gives the token as it was granted") {
  FakeClient client;
  http::Response response;
  response.status = 200;
  response.body = reply_with("fake-token", R"(,"expires_in":59.5)");
  response.headers = {{"dg-request-id", "fake-request-1"}};
  response.sent_at = noon + 5s;
  client.will_answer(std::move(response));
  const Result<AccessToken> token = granted(client, 60s);
  REQUIRE(token.has_value());
  CHECK(token->value.reveal() == "fake-token");
  CHECK(token->expires_in == 59s);
  CHECK(token->requested == *Ttl::of(60s));
  CHECK(token->sent_at == noon + 5s);
  CHECK(token->expires_at() == noon + 64s);
  CHECK(token->request_id == "fake-request-1");
}

TEST_CASE("deepgram::Api::grant derives a life that is not sent from the token's own expiry") {
  struct Row {
    std::string token;
    std::string rest;
    std::optional<std::chrono::seconds> life;
  };
  const Row rows[] = {
      {support::jwt_expiring(45s), "", 45s},
      {support::jwt_expiring(45s), R"(,"expires_in":null)", 45s},
      {support::jwt_expiring(45s), R"(,"expires_in":0)", 45s},
      {support::jwt_expiring(45s), R"(,"expires_in":1e300)", 45s},
      {support::jwt_expiring(45s), R"(,"expires_in":30)", 30s},  // what is sent counts
      {support::jwt_expiring(24h), "", 24h},
      {support::jwt_expiring(24h + 1s), "", std::nullopt},
      {support::jwt_expiring(0s), "", std::nullopt},
      {support::jwt_expiring(-100s), "", std::nullopt},
      {support::jwt_with("{}"), "", std::nullopt},
      {support::jwt_with(R"({"exp":1e18})"), "", std::nullopt},
      {support::jwt_with(R"({"exp":9223372036})"), "", std::nullopt},
      {"fake-token", "", std::nullopt},
  };
  for (const Row& row : rows) {
    CAPTURE(row.token);
    CAPTURE(row.rest);
    FakeClient client;
    client.will_answer(200, reply_with(row.token, row.rest));
    const Result<AccessToken> token = granted(client);
    REQUIRE(token.has_value());
    CHECK(token->expires_in == row.life);
    CHECK(token->requested == std::nullopt);
  }
}

TEST_CASE("deepgram::Api::grant: a success without a usable token is service, with the request named") {
  for (const std::string_view body : {"", "<html>Sign in</html>", "{}", R"({"access_token":"fake token"})"}) {
    CAPTURE(body);
    FakeClient client;
    client.will_answer(200, body, "fake-request-2");
    const Result<AccessToken> token = granted(client);
    REQUIRE_FALSE(token.has_value());
    CHECK(token.error().kind == ErrorKind::service);
    CHECK(token.error().http_status == 200);
    CHECK(token.error().request_id == "fake-request-2");
  }
}

TEST_CASE("deepgram::Api::grant refuses an answer over the cap, even if it would parse, promise 14") {
  FakeClient client;
  http::Response response;
  response.status = 200;
  response.body = reply_with("fake-token");
  response.is_truncated = true;
  client.will_answer(std::move(response));
  const Result<AccessToken> token = granted(client);
  REQUIRE_FALSE(token.has_value());
  CHECK(token.error().kind == ErrorKind::service);
}

TEST_CASE("deepgram::Api::grant translates a refusal, and sends nothing more") {
  struct Row {
    int status;
    std::string_view body;
    ErrorKind kind;
  };
  constexpr Row rows[] = {
      {401, R"({"err_code":"INVALID_AUTH","err_msg":"Invalid credentials."})", ErrorKind::refused},
      {403, R"({"err_code":"FORBIDDEN","err_msg":"m"})", ErrorKind::forbidden},
      {429, "", ErrorKind::rate_limit},
      {503, "", ErrorKind::service},
      {302, "", ErrorKind::service},
      {400, "", ErrorKind::rejected},
      {204, "", ErrorKind::service},
  };
  for (const Row& row : rows) {
    CAPTURE(row.status);
    FakeClient client;
    client.will_answer(row.status, row.body, "fake-request-3");
    const Result<AccessToken> token = granted(client);
    REQUIRE_FALSE(token.has_value());
    CHECK(token.error().kind == row.kind);
    CHECK(token.error().http_status == row.status);
    CHECK(token.error().request_id == "fake-request-3");
  }
}

TEST_CASE("deepgram::Api::grant passes on that there was no answer") {
  FakeClient client;
  const Error error{.kind = ErrorKind::network, .message = "no connection", .hint = "look at the cable"};
  client.will_fail(error);
  const Result<AccessToken> token = granted(client);
  REQUIRE_FALSE(token.has_value());
  CHECK(token.error() == error);
}

TEST_CASE("deepgram::Api::grant makes the request id harmless, promises 18 and 19") {
  FakeClient client;
  client.will_answer(200, reply_with("fake-token"), "id \x1B[31m\r\n" + std::string(support::fake_key));
  const Result<AccessToken> token = granted(client);
  REQUIRE(token.has_value());
  CHECK(token->request_id.find('\x1B') == std::string::npos);
  CHECK(token->request_id.find('\n') == std::string::npos);
  CHECK(token->request_id.find(support::fake_key.substr(0, 8)) == std::string::npos);
}

}  // namespace dgauth::deepgram
