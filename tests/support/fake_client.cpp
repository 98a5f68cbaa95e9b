// SPDX-License-Identifier: MIT
#include "support/fake_client.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "support/made_up.hpp"

namespace dgauth::support {

class FakeClient::Connected final : public http::Client {
 public:
  explicit Connected(FakeClient& script) : script_(script) {}

  using Client::start;
  void start(http::Request request, Done on_done, std::chrono::milliseconds delay) override {
    script_.requests.push_back(
        {.method = request.method,
         .url = request.url,
         .headers = request.headers,
         .authorization = std::string(request.authorization.reveal()),
         .subprotocol = std::string(request.upgrade ? request.upgrade->subprotocol.reveal() : ""),
         .body = request.body,
         .retry_policy = request.retry_policy,
         .limits = request.limits,
         .body_limit = request.body_limit,
         .wanted_headers = request.wanted_headers,
         .delay = delay});
    waiting_.push_back({.request = std::move(request), .on_done = std::move(on_done), .due = elapsed_ + delay});
  }

  using Client::run;
  void run(const std::function<void()>& /*on_tick*/) override {
    while (!waiting_.empty()) {
      const auto next = std::ranges::min_element(waiting_, {}, &Waiting::due);
      const Waiting due = std::move(*next);
      waiting_.erase(next);
      elapsed_ = due.due;
      due.on_done(script_.next_reply(due.request));
    }
  }

 private:
  struct Waiting {
    http::Request request;
    Done on_done;
    std::chrono::milliseconds due;
  };
  FakeClient& script_;
  std::vector<Waiting> waiting_;
  std::chrono::milliseconds elapsed_{};
};

FakeClient::FakeClient() : FakeClient([](const std::string& what) { FAIL_CHECK(what); }) {}

FakeClient::~FakeClient() {
  if (!replies_.empty()) {
    complain_(fmt::format("{} of the scripted replies were not asked for", replies_.size()));
  }
}

void FakeClient::will_answer(int status, std::string_view body, std::string_view request_id) {
  http::Response response;
  response.status = status;
  response.body = body;
  response.sent_at = noon;
  if (!request_id.empty()) {
    response.headers = {{"dg-request-id", std::string(request_id)}};
  }
  will_answer(std::move(response));
}

std::unique_ptr<http::Client> FakeClient::connect() { return std::make_unique<Connected>(*this); }

http::ClientFactory FakeClient::factory() {
  return [this](http::ClientSettings settings) -> Result<std::unique_ptr<http::Client>> {
    ++made;
    last_settings = std::move(settings);
    return connect();
  };
}

Result<http::Response> FakeClient::next_reply(const http::Request& request) {
  if (replies_.empty()) {
    const std::string what = fmt::format("unexpected request: {} {}", request.method, request.url);
    complain_(what);
    return fail(ErrorKind::internal, what);
  }
  Result<http::Response> reply = std::move(replies_.front());
  replies_.pop_front();
  return reply;
}

}  // namespace dgauth::support
