// SPDX-License-Identifier: MIT
#include "http/curl_client.hpp"
#include "support/http_printing.hpp"
#include "support/http_send.hpp"
#include "support/loopback_server.hpp"

namespace dgauth::http {
namespace {

using namespace std::chrono_literals;
using support::http_reply;
using support::LoopbackServer;
using support::send;

std::unique_ptr<Client> new_client() {
  Result<std::unique_ptr<Client>> client =
      make_curl_client({.trust_store = {}, .clock = host::system_clock(), .trace = {}});
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

TEST_CASE("http::Client asks for the authorization before each attempt, and waits for it") {
  const LoopbackServer server(
      {{http_reply(503, "", "later")}, {http_reply(200, "", "token")}, {http_reply(200, "", "now")}});
  const auto client = new_client();
  Request request = get(server.url("/listen"), 1);
  int asked = 0;
  request.authorize = [&](const TakeAuthorization& take) {
    if (++asked == 1) {
      take(Secret("Bearer fake-token-1"));
      return;
    }
    client->start(get(server.url("/grant")),
                  [take](const Result<Response>& /*minted*/) { take(Secret("Bearer fake-token-2")); });
  };
  const Result<Response> response = send(*client, std::move(request));
  REQUIRE(response.has_value());
  CHECK(std::string_view(response->body) == "now");
  const std::vector<std::string> requests = server.requests();
  REQUIRE(requests.size() == 3);
  CHECK(requests[0].find("Authorization: Bearer fake-token-1\r\n") != std::string::npos);
  CHECK(requests[1].starts_with("GET /grant "));
  CHECK(requests[2].find("Authorization: Bearer fake-token-2\r\n") != std::string::npos);
}

TEST_CASE("http::Client: without an authorization, or none in time, nothing is sent") {
  const LoopbackServer server({});
  const auto client = new_client();
  Request request = get(server.url());
  request.authorize = [](const TakeAuthorization& take) { take(fail(ErrorKind::payment, "no credit")); };
  CHECK(send(*client, request).error().kind == ErrorKind::payment);

  TakeAuthorization late;
  request.limits.total = 50ms;
  request.authorize = [&late](TakeAuthorization take) { late = std::move(take); };
  const Result<Response> response = send(*client, request);
  CHECK(response.error().kind == ErrorKind::network);
  CHECK(response.error().message == "the token expired, and a new one did not arrive in time");
  late(Secret("Bearer fake-token-1"));  // nobody waits for it any more
  client->run();
  CHECK(server.requests().empty());
}

}  // namespace dgauth::http
