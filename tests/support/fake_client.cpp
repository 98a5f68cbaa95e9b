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
    started_.push_back({.request = std::move(request), .on_done = std::move(on_done)});
  }

  Result<void> may_start(http::RetryPolicy /*policy*/, const http::RequestLimits& /*limits*/) const override {
    return script_.turns_away_with ? fail(*script_.turns_away_with) : Result<void>();
  }

  void run(const std::function<void()>& on_tick) override {
    while (!started_.empty() || !replies_.empty()) {
      for (Started& each : std::exchange(started_, {})) {
        authorize(std::move(each));
      }
      if (replies_.empty()) {
        continue;  // all of them wait for an authorization, or got none
      }
      Waiting reply = next_reply();
      if (reply.goes_again) {
        started_.push_back(std::move(reply.sent));
      } else {
        reply.sent.on_done(std::move(reply.result));
      }
      if (on_tick) {
        on_tick();
      }
    }
  }

 private:
  struct Started {
    http::Request request;
    Done on_done;
    int retries_done = 0;
  };
  struct Waiting {
    Started sent;
    Result<http::Response> result;
    milliseconds due;
    bool goes_again = false;
  };

  Waiting next_reply() {
    const AmpleMemory ample;
    const auto next = std::ranges::min_element(replies_, {}, &Waiting::due);
    Waiting reply = std::move(*next);
    replies_.erase(next);
    if (clock_.sleep) {
      clock_.sleep(reply.due - elapsed_);
    }
    elapsed_ = reply.due;
    return reply;
  }

  void authorize(Started started) {
    const auto ask = started.request.authorize;
    if (!ask) {
      send(std::move(started));
      return;
    }
    ask([this, started = std::move(started)](Result<Secret> value) mutable {
      if (value) {
        started.request.authorization = std::move(*value);
        send(std::move(started));
      } else {
        started.on_done(fail(std::move(value.error())));
      }
    });
  }

  void send(Started started) {
    const AmpleMemory ample;
    const http::Request& request = started.request;
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
    Reply reply = script_.next_reply(request);
    if (reply.result && reply.result->sent_at == std::chrono::system_clock::time_point{}) {
      reply.result->sent_at = clock_.now ? clock_.now() : noon;
    }
    const bool goes_again = script_.waits_out_429 && reply.result && reply.result->status == 429 &&
                            reply.result->retry_after && started.retries_done < request.limits.retries;
    if (goes_again) {
      ++started.retries_done;
      reply.after += *reply.result->retry_after;
    }
    replies_.push_back({.sent = std::move(started),
                        .result = std::move(reply.result),
                        .due = elapsed_ + reply.after,
                        .goes_again = goes_again});
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
