// SPDX-License-Identifier: MIT
#include "http/curl_client.hpp"

#include "base/text.hpp"
#include "http/websocket.hpp"
#include "support/http_printing.hpp"
#include "support/http_send.hpp"
#include "support/loopback_server.hpp"
#include "support/made_up.hpp"

namespace dgauth::http {
namespace {

using namespace std::chrono_literals;
using support::http_reply;
using support::LoopbackServer;
using support::send;

std::unique_ptr<Client> new_client(std::string* trace = nullptr) {
  ClientSettings settings;
  settings.clock = host::system_clock();
  settings.clock.now = [] { return support::noon; };
  if (trace != nullptr) {
    settings.trace = [trace](std::string_view line) { *trace += std::string(line) + "\n"; };
  }
  Result<std::unique_ptr<Client>> client = make_curl_client(std::move(settings));
  REQUIRE(client.has_value());
  return std::move(*client);
}

Request get(const std::string& url, int retries = 0) {
  Request request;
  request.url = url;
  request.limits = {.total = 10s, .connect = 5s, .retries = retries};
  return request;
}

}  // namespace

TEST_CASE("http::Client sends what the request says, and nothing of its own that matters") {
  const LoopbackServer server({{http_reply(200, "", "")}});
  Request request = get(server.url("/prefix/v1/auth/grant?a=b%20c"));
  request.method = "POST";
  request.headers = {{"Content-Type", "application/json"}, {"X-Test", "two words"}};
  request.authorization = Secret({"Token ", support::fake_key});
  request.body = std::string("{\"a\":\0}", 7);
  REQUIRE(send(*new_client(), std::move(request)).has_value());
  REQUIRE(server.requests().size() == 1);
  const std::string sent = server.requests().front();
  CHECK(sent.starts_with("POST /prefix/v1/auth/grant?a=b%20c HTTP/1.1\r\n"));
  CHECK(sent.find("\r\nContent-Type: application/json\r\n") != std::string::npos);
  CHECK(sent.find("\r\nX-Test: two words\r\n") != std::string::npos);
  CHECK(sent.find("\r\nAuthorization: Token " + std::string(support::fake_key) + "\r\n") != std::string::npos);
  CHECK(sent.ends_with(std::string("\r\n\r\n{\"a\":\0}", 11)));
  const std::string lower = lower_case(sent);
  CHECK(lower.find("\r\naccept-encoding:") == std::string::npos);
  CHECK(lower.find("\r\nexpect:") == std::string::npos);
  CHECK(lower.find("\r\ncookie:") == std::string::npos);
}

TEST_CASE("http::Client without a credential sends no Authorization") {
  const LoopbackServer server({{http_reply(200, "", "")}});
  REQUIRE(send(*new_client(), get(server.url())).has_value());
  CHECK(server.requests().front().starts_with("GET / HTTP/1.1\r\n"));
  CHECK(lower_case(server.requests().front()).find("authorization") == std::string::npos);
}

TEST_CASE("http::Client gives the answer: status, wanted headers, body, times") {
  const LoopbackServer server({{http_reply(
      201, "DG-Request-ID: fake-request-1\r\nContent-Type: text/plain\r\nX-Other: x\r\nLocation: /there\r\n",
      "hello")}});
  Request request = get(server.url());
  request.wanted_headers = {"dg-request-id", "x-missing"};
  const Result<Response> response = send(*new_client(), std::move(request));
  REQUIRE(response.has_value());
  CHECK(response->status == 201);
  CHECK(std::string_view(response->body) == "hello");
  CHECK_FALSE(response->is_truncated);
  CHECK(response->header("dg-request-id") == "fake-request-1");
  CHECK(response->header("Content-Type") == "text/plain");
  CHECK(response->header("Location") == "/there");
  CHECK(response->header("x-missing") == "");
  CHECK(response->header("X-Other") == "");
  CHECK(response->sent_at == support::noon);
  CHECK(response->elapsed >= 0ms);
  CHECK(response->elapsed < 10s);
}

TEST_CASE("http::Client reads no more of a body than asked for, promise 14") {
  const LoopbackServer server(
      {{http_reply(200, "", std::string(100, 'x'))},
       {http_reply(200, "", std::string(100, 'x'))},
       {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\n" + std::string(255, 'y')}});
  const auto client = new_client();
  struct Row {
    std::size_t limit, size;
    bool is_truncated;
  };
  for (const Row& row : {Row{100, 100, false}, Row{99, 99, true}, Row{200, 200, true}}) {
    CAPTURE(row.limit);
    Request request = get(server.url());
    request.body_limit = row.limit;
    const Result<Response> response = send(*client, std::move(request));
    REQUIRE(response.has_value());
    CHECK(response->body.size() == row.size);
    CHECK(response->is_truncated == row.is_truncated);
  }
}

TEST_CASE("http::Client follows no redirect, promise 9") {
  const LoopbackServer elsewhere({});
  for (const int status : {301, 302, 303, 307, 308}) {
    CAPTURE(status);
    const LoopbackServer server({{http_reply(status, "Location: " + elsewhere.url() + "\r\n", "")}});
    Request request = get(server.url(), 2);
    request.authorization = Secret({"Token ", support::fake_key});
    const Result<Response> response = send(*new_client(), std::move(request));
    REQUIRE(response.has_value());
    CHECK(response->status == status);
    CHECK(server.requests().size() == 1);
  }
  CHECK(elsewhere.requests().empty());
}

TEST_CASE("http::Client tries again after a passing failure, and the answer knows when its own try began") {
  const LoopbackServer server({{http_reply(503, "", "later")}, {http_reply(200, "", "now")}});
  Request request = get(server.url(), 2);
  request.authorization = Secret({"Token ", support::fake_key});
  const Result<Response> response = send(*new_client(), std::move(request));
  REQUIRE(response.has_value());
  CHECK(response->status == 200);
  CHECK(std::string_view(response->body) == "now");
  CHECK(response->elapsed >= 400ms);  // the pause between
  const std::vector<std::string> requests = server.requests();
  REQUIRE(requests.size() == 2);
  CHECK(requests[0] == requests[1]);
}

TEST_CASE("http::Client gives the last answer when no retry is left, or is allowed") {
  SUBCASE("no retries") {
    const LoopbackServer server({{http_reply(503, "", "later")}});
    CHECK(send(*new_client(), get(server.url(), 0))->status == 503);
    CHECK(server.requests().size() == 1);
  }
  SUBCASE("what may be billed is not repeated, promise 15") {
    const LoopbackServer server({{http_reply(503, "", "later")}});
    Request request = get(server.url(), 2);
    request.retry_policy = RetryPolicy::unless_billed;
    CHECK(send(*new_client(), std::move(request))->status == 503);
    CHECK(server.requests().size() == 1);
  }
  SUBCASE("a pause that would pass the time limit ends the matter at once") {
    const LoopbackServer server({{http_reply(429, "Retry-After: 3600\r\n", "")}});
    const Result<Response> response = send(*new_client(), get(server.url(), 2));
    CHECK(response->status == 429);
    CHECK(response->elapsed < 5s);
    CHECK(server.requests().size() == 1);
  }
}

TEST_CASE("http::Client: a cut connection is network, and repeated only where that is harmless, promise 15") {
  SUBCASE("freely") {
    const LoopbackServer server(
        {{"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf"}, {http_reply(200, "", "whole")}});
    const Result<Response> response = send(*new_client(), get(server.url(), 1));
    REQUIRE(response.has_value());
    CHECK(std::string_view(response->body) == "whole");
  }
  SUBCASE("unless billed") {
    const LoopbackServer server({{"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf"}});
    Request request = get(server.url(), 2);
    request.retry_policy = RetryPolicy::unless_billed;
    const Result<Response> response = send(*new_client(), std::move(request));
    REQUIRE_FALSE(response.has_value());
    CHECK(response.error().kind == ErrorKind::network);
    CHECK(server.requests().size() == 1);
  }
  SUBCASE("cut in the header block, before the blank line") {
    const LoopbackServer server({{"HTTP/1.1 200 OK\r\nContent-Ty"}});
    const Result<Response> response = send(*new_client(), get(server.url(), 0));
    REQUIRE_FALSE(response.has_value());
    CHECK(response.error().kind == ErrorKind::network);
  }
  SUBCASE("closed without a byte") {
    const LoopbackServer server({});
    const Result<Response> response = send(*new_client(), get(server.url(), 0));
    REQUIRE_FALSE(response.has_value());
    CHECK(response.error().kind == ErrorKind::network);
  }
}

TEST_CASE("http::Client: an answer that is no HTTP is service, and not repeated, promise 27") {
  for (const std::string& bytes : {std::string("SSH-2.0-OpenSSH_9.2\r\n"), std::string("\0\x01\x02\x03", 4),
                                   std::string("<html>no status line</html>")}) {
    const LoopbackServer server({{bytes}});
    const Result<Response> response = send(*new_client(), get(server.url(), 2));
    REQUIRE_FALSE(response.has_value());
    CHECK(response.error().kind == ErrorKind::service);
    CHECK(server.requests().size() == 1);
  }
}

TEST_CASE("http::Client: no answer in time, and nobody there, are network") {
  SUBCASE("silence") {
    const LoopbackServer server({{"", 5s}});
    Request request = get(server.url(), 2);
    request.limits.total = 200ms;
    const auto begin = std::chrono::steady_clock::now();
    const Result<Response> response = send(*new_client(), std::move(request));
    REQUIRE_FALSE(response.has_value());
    CHECK(response.error().kind == ErrorKind::network);
    CHECK(std::chrono::steady_clock::now() - begin < 1200ms);  // promise 14
  }
  SUBCASE("nobody") {
    const Result<Response> response = send(*new_client(), get(support::url_of_nobody(), 0));
    REQUIRE_FALSE(response.has_value());
    CHECK(response.error().kind == ErrorKind::network);
  }
}

TEST_CASE("http::Client::run: on_done may start more, and each is called once") {
  const LoopbackServer server({{http_reply(200, "", "first")}, {http_reply(200, "", "second")}});
  const auto client = new_client();
  std::vector<std::string> bodies;
  client->start(get(server.url("/1")), [&](Result<Response> first) {
    REQUIRE(first.has_value());
    bodies.emplace_back(first->body);
    client->start(get(server.url("/2")), [&](Result<Response> second) {
      REQUIRE(second.has_value());
      bodies.emplace_back(second->body);
    });
  });
  CHECK(server.requests().empty());  // nothing goes out before run
  client->run();
  CHECK(bodies == std::vector<std::string>{"first", "second"});
  client->run();  // nothing left to do
}

TEST_CASE("http::Client::run calls on_tick several times while nothing comes") {
  const LoopbackServer server({{"", 2s}});
  const auto client = new_client();
  Request request = get(server.url());
  request.limits.total = 1s;
  client->start(std::move(request), [](const Result<Response>& response) { CHECK_FALSE(response.has_value()); });
  int ticks = 0;
  client->run([&ticks] { ++ticks; });
  CHECK(ticks >= 8);
}

TEST_CASE("http::Client: a 101 is an upgrade if Sec-WebSocket-Accept fits the key of the request") {
  const std::string key = "dGhlIHNhbXBsZSBub25jZQ==";
  struct Row {
    std::string status_line;
    std::string headers;
    int status;
    bool is_upgraded;
  };
  const std::string accept = "Sec-WebSocket-Accept: " + websocket_accept(key) + "\r\n";
  const Row rows[] = {
      {"HTTP/1.1 101 Switching Protocols\r\n", accept, 101, true},
      {"HTTP/1.1 101 Switching Protocols\r\n", "sec-websocket-accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n", 101, true},
      {"HTTP/1.1 101 Switching Protocols\r\n", "Sec-WebSocket-Accept: AAAAAAAAAAAAAAAAAAAAAAAAAAA=\r\n", 101, false},
      {"HTTP/1.1 101 Switching Protocols\r\n", "Sec-WebSocket-Accept:\r\n", 101, false},
      {"HTTP/1.1 101 Switching Protocols\r\n", "", 101, false},
      {"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n", accept, 200, false},
  };
  for (const Row& row : rows) {
    CAPTURE(row.headers);
    const LoopbackServer server(
        {{row.status_line + "Upgrade: websocket\r\nConnection: Upgrade\r\n" + row.headers + "\r\n", 1s}});
    Request request = get(server.url());
    request.upgrade = {.key = key, .subprotocol = Secret("token, fake")};
    const Result<Response> response = send(*new_client(), std::move(request));
    REQUIRE(response.has_value());
    CHECK(response->status == row.status);
    CHECK(response->is_upgraded == row.is_upgraded);
  }
}

TEST_CASE("http::Client tells what happens without a secret, promise 19") {
  const LoopbackServer server({{http_reply(429, "", "")}, {http_reply(200, "", "fake-token-in-the-body")}});
  std::string trace;
  Request request = get(server.url("/v1?token=fake-query-secret"), 1);
  request.authorization = Secret({"Token ", support::fake_key});
  REQUIRE(send(*new_client(&trace), std::move(request)).has_value());
  CHECK(trace.find("GET") != std::string::npos);
  CHECK(trace.find("429") != std::string::npos);
  CHECK(trace.find("200") != std::string::npos);
  CHECK(trace.find(support::fake_key.substr(0, 8)) == std::string::npos);
  CHECK(trace.find("fake-query") == std::string::npos);
  CHECK(trace.find("fake-token") == std::string::npos);
}

TEST_CASE("http::curl_versions names libcurl") {
  CHECK(curl_versions().find("libcurl") != std::string::npos);
  CHECK_FALSE(curl_versions().ends_with('\n'));
}

}  // namespace dgauth::http
