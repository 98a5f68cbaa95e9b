// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
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

  bool operator==(const StartedRequest&) const = default;
};

// Answers requests with what the test has scripted, in the order in which they are started. A reply takes the time that
// its `elapsed` (or `after`) says: of those under way the earliest comes first, and the client's clock sleeps until
// then. A request that no reply is left for fails the test, and so does a reply that nobody asked for by the time this
// object goes.
class FakeClient {
 public:
  using Complain = std::function<void(const std::string& what)>;
  using Answer = std::function<Result<http::Response>(const http::Request&)>;

  FakeClient();
  explicit FakeClient(Complain complain) : complain_(std::move(complain)) {}
  FakeClient(const FakeClient&) = delete;
  FakeClient& operator=(const FakeClient&) = delete;
  ~FakeClient();

  // A response without `sent_at` was sent when its request was.
  void will_answer(http::Response response);
  void will_answer(int status, std::string_view body, std::string_view request_id = {},
                   std::chrono::milliseconds after = {});
  void will_fail(Error error, std::chrono::milliseconds after = {});
  // The same for one request, once it is known.
  void will_answer(Answer answer);
  // What is not scripted is answered by `answer`, which is asked in the order in which requests are started.
  void answers_with(Answer answer) { answer_ = std::move(answer); }

  // A 429 with a Retry-After is then waited out, where the request's retries allow that, and is not handed on.
  bool waits_out_429 = false;

  // What Client::may_start fails with.
  std::optional<Error> turns_away_with;

  // A Client that talks to this object, which must outlive it. Without a clock it is noon, and no time passes.
  std::unique_ptr<http::Client> connect(host::Clock clock = {});
  // The same for code that makes its own; counts in `made`, and keeps the settings, whose clock it uses.
  http::ClientFactory factory();

  std::vector<StartedRequest> requests;  // each attempt, in the order of sending
  int made = 0;
  http::ClientSettings last_settings;

 private:
  class Connected;
  struct Reply {
    Result<http::Response> result;
    std::chrono::milliseconds after{};
  };
  Reply next_reply(const http::Request& request);

  Complain complain_;
  Answer answer_;
  std::deque<std::function<Reply(const http::Request&)>> replies_;
};

inline doctest::String toString(const StartedRequest& request) {
  return braced("Request", request.method, request.url, request.headers, request.authorization, request.subprotocol,
                request.body, request.retry_policy, request.limits, request.body_limit, request.wanted_headers);
}

}  // namespace dgauth::support
