// SPDX-License-Identifier: MIT
#include "support/fake_client.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "support/heap_watch.hpp"
#include "support/made_up.hpp"

namespace dgauth::support {

using std::chrono::milliseconds;

class FakeClient::Connected final : public http::Client {
 public:
  Connected(FakeClient& script, host::Clock clock) : script_(script), clock_(std::move(clock)) {}

  using Client::run;
  void start(http::Request request, Done on_done) override {
    const AmpleMemory ample;
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
         .wanted_headers = request.wanted_headers});
    started_.push_back({.request = std::move(request), .on_done = std::move(on_done)});
  }

  void run(const std::function<void()>& on_tick) override {
    while (!started_.empty() || !replies_.empty()) {
      Waiting reply = next_reply();
      reply.on_done(std::move(reply.result));
      if (on_tick) {
        on_tick();
      }
    }
  }

 private:
  struct Started {
    http::Request request;
    Done on_done;
  };
  struct Waiting {
    Result<http::Response> result;
    Done on_done;
    milliseconds due;
  };

  Waiting next_reply() {
    const AmpleMemory ample;
    send_started();
    const auto next = std::ranges::min_element(replies_, {}, &Waiting::due);
    Waiting reply = std::move(*next);
    replies_.erase(next);
    if (clock_.sleep) {
      clock_.sleep(reply.due - elapsed_);
    }
    elapsed_ = reply.due;
    return reply;
  }

  void send_started() {
    for (Started& each : std::exchange(started_, {})) {
      Reply reply = script_.next_reply(each.request);
      if (reply.result && reply.result->sent_at == std::chrono::system_clock::time_point{}) {
        reply.result->sent_at = clock_.now ? clock_.now() : noon;
      }
      replies_.push_back(
          {.result = std::move(reply.result), .on_done = std::move(each.on_done), .due = elapsed_ + reply.after});
    }
  }

  FakeClient& script_;
  host::Clock clock_;
  std::vector<Started> started_;
  std::vector<Waiting> replies_;  // under way
  milliseconds elapsed_{};        // since the first request
};

FakeClient::FakeClient() : FakeClient([](const std::string& what) { FAIL_CHECK(what); }) {}

FakeClient::~FakeClient() {
  if (!replies_.empty()) {
    complain_(fmt::format("{} of the scripted replies were not asked for", replies_.size()));
  }
}

void FakeClient::will_answer(http::Response response) {
  const milliseconds after = response.elapsed;
  replies_.push_back([response = std::move(response), after](const http::Request& /*request*/) {
    return Reply{.result = response, .after = after};
  });
}

void FakeClient::will_answer(int status, std::string_view body, std::string_view request_id, milliseconds after) {
  http::Response response;
  response.status = status;
  response.body = body;
  response.elapsed = after;
  if (!request_id.empty()) {
    response.headers = {{"dg-request-id", std::string(request_id)}};
  }
  will_answer(std::move(response));
}

void FakeClient::will_fail(Error error, milliseconds after) {
  replies_.push_back([error = std::move(error), after](const http::Request& /*request*/) {
    return Reply{.result = fail(error), .after = after};
  });
}

void FakeClient::will_answer(Answer answer) {
  replies_.push_back(
      [answer = std::move(answer)](const http::Request& request) { return Reply{.result = answer(request)}; });
}

std::unique_ptr<http::Client> FakeClient::connect(host::Clock clock) {
  return std::make_unique<Connected>(*this, std::move(clock));
}

http::ClientFactory FakeClient::factory() {
  return [this](http::ClientSettings settings) -> Result<std::unique_ptr<http::Client>> {
    ++made;
    last_settings = std::move(settings);
    return connect(last_settings.clock);
  };
}

FakeClient::Reply FakeClient::next_reply(const http::Request& request) {
  if (!replies_.empty()) {
    const auto reply_to = std::move(replies_.front());
    replies_.pop_front();
    return reply_to(request);
  }
  if (answer_) {
    Reply reply{.result = answer_(request)};
    reply.after = reply.result ? reply.result->elapsed : milliseconds{};
    return reply;
  }
  const std::string what = fmt::format("unexpected request: {} {}", request.method, request.url);
  complain_(what);
  return {.result = fail(ErrorKind::internal, what)};
}

}  // namespace dgauth::support
