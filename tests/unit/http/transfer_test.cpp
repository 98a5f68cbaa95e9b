// SPDX-License-Identifier: MIT
#include "http/transfer.hpp"

#include <new>

#include <netinet/in.h>
#include <sys/socket.h>

#include "http/curl_client.hpp"
#include "http/url.hpp"
#include "support/http_printing.hpp"
#include "support/http_send.hpp"
#include "support/loopback_server.hpp"

namespace dgauth::http {
namespace {

using support::http_reply;
using support::LoopbackServer;

// SO_KEEPALIVE of the sockets of this process that are connected to `port`.
std::vector<int> keepalive_of_connections_to(int port) {
  std::vector<int> values;
  for (int descriptor = 0; descriptor < 1024; ++descriptor) {
    sockaddr_in peer{};
    socklen_t size = sizeof peer;
    int value = 0;
    socklen_t value_size = sizeof value;
    if (::getpeername(descriptor, reinterpret_cast<sockaddr*>(&peer), &size) == 0 && peer.sin_family == AF_INET &&
        ntohs(peer.sin_port) == port && ::getsockopt(descriptor, SOL_SOCKET, SO_KEEPALIVE, &value, &value_size) == 0) {
      values.push_back(value);
    }
  }
  return values;
}

}  // namespace

TEST_CASE("http::Transfer: a connection that is silent for minutes is kept alive") {
  const LoopbackServer server({{http_reply(200, "", "hello")}});
  const Result<std::unique_ptr<Client>> client = make_curl_client({.clock = host::system_clock()});
  REQUIRE(client.has_value());
  std::vector<int> keepalive;
  Request request;
  request.url = server.url();
  request.sink.wants = [&](const Response& /*head*/, std::string_view /*first*/) {
    keepalive = keepalive_of_connections_to(std::stoi(parse_url(server.url())->port));
    return false;
  };
  REQUIRE(support::send(**client, std::move(request)).has_value());
  CHECK(keepalive == std::vector<int>{1});
}

TEST_CASE("http::Transfer: a header line without end is no want of memory, promise 14") {
  const LoopbackServer server({{"HTTP/1.1 200 OK\r\nX-Long: " + std::string(2'000'000, 'x')}});
  const Result<std::unique_ptr<Client>> client = make_curl_client({.clock = host::system_clock()});
  REQUIRE(client.has_value());
  Request request;
  request.url = server.url();
  const Result<Response> response = support::send(**client, std::move(request));
  REQUIRE_FALSE(response.has_value());
  CHECK(response.error().kind == ErrorKind::service);
}

TEST_CASE("http::Transfer: no memory is no fault of the network, promise 27") {
  const LoopbackServer server({{http_reply(200, "", "hello")}});
  const Result<std::unique_ptr<Client>> client = make_curl_client({.clock = host::system_clock()});
  REQUIRE(client.has_value());
  Request request;
  request.url = server.url();
  request.limits.retries = 2;
  request.sink.wants = [](const Response& /*head*/, std::string_view /*first*/) -> bool { throw std::bad_alloc(); };
  CHECK_THROWS_AS(support::send(**client, std::move(request)), std::bad_alloc);
  CHECK(server.requests().size() == 1);
}

}  // namespace dgauth::http
