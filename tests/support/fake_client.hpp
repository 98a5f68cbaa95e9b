// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "http/client.hpp"
#include "support/http_printing.hpp"

namespace dgauth::support {

// A request as it was started, with the secret in the open so that a test can compare it whole.
struct StartedRequest {
  std::string method;
  std::string url;
  std::vector<http::Header> headers;
  std::string authorization{};
  std::string subprotocol{};  // of a handshake
  std::string body;
  http::RetryPolicy retry_policy = http::RetryPolicy::freely;
  http::RequestLimits limits;
  std::size_t body_limit = 1024 * 1024;
  std::vector<std::string> wanted_headers;
  std::chrono::milliseconds delay{};

  bool operator==(const StartedRequest&) const = default;
};

// Answers requests with what the test has scripted, in the order in which they are sent. A request that no reply is
// left for fails the test, and so does a reply that nobody asked for by the time this object goes.
class FakeClient {
 public:
  using Complain = std::function<void(const std::string& what)>;

  FakeClient();
  explicit FakeClient(Complain complain) : complain_(std::move(complain)) {}
  FakeClient(const FakeClient&) = delete;
  FakeClient& operator=(const FakeClient&) = delete;
  ~FakeClient();

  void will_answer(http::Response response) { replies_.emplace_back(std::move(response)); }
  void will_answer(int status, std::string_view body, std::string_view request_id = {});
  void will_fail(Error error) { replies_.emplace_back(tl::unexpected(std::move(error))); }

  // An Client that talks to this object, which must outlive it.
  std::unique_ptr<http::Client> connect();
  // The same for code that makes its own; counts in `made`, and keeps the settings.
  http::ClientFactory factory();

  std::vector<StartedRequest> requests;  // in the order of start
  int made = 0;
  http::ClientSettings last_settings;

 private:
  class Connected;
  Result<http::Response> next_reply(const http::Request& request);

  Complain complain_;
  std::deque<Result<http::Response>> replies_;
};

}  // namespace dgauth::support

namespace dgauth::support {

inline doctest::String toString(const StartedRequest& request) {
  return braced("Request", request.method, request.url, request.headers, request.authorization, request.subprotocol,
                request.body, request.retry_policy, request.limits, request.body_limit, request.wanted_headers,
                request.delay);
}

}  // namespace dgauth::support
