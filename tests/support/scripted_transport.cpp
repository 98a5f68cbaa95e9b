// SPDX-License-Identifier: MIT
#include "support/scripted_transport.hpp"

#include <algorithm>
#include <new>
#include <utility>

#include "http/scheduled_client.hpp"
#include "http/url.hpp"

namespace dgauth::support {
namespace {

using std::chrono::milliseconds;
using Time = std::chrono::steady_clock::time_point;

// What is left of a body between the wire and its request: as http::Transfer does it.
tl::expected<http::Response, http::CurlFailure> delivered(const http::Request& request, const AttemptScript& script,
                                                          std::chrono::system_clock::time_point sent_at) {
  if (script.facts.code == CURLE_OUT_OF_MEMORY) {
    throw std::bad_alloc();
  }
  http::Response response;
  response.sent_at = sent_at;
  response.status = script.status;
  response.retry_after = script.retry_after;
  response.is_truncated = script.is_truncated;
  response.went_to_sink = !script.body.empty() && request.sink.wants && request.sink.wants(response, script.body);
  const auto failure = [](Error error) {
    return tl::unexpected(http::CurlFailure{http::AttemptOutcome::permanent, std::move(error)});
  };
  if (!response.went_to_sink) {
    response.body = script.body;
  } else if (Result<void> written = request.sink.write(script.body); !written) {
    return failure(std::move(written.error()));
  }
  if (script.facts.code != CURLE_OK) {
    http::CurlFacts facts = script.facts;
    facts.route = http::route_of(request.url, std::nullopt);
    facts.timeout = request.limits.total;
    return tl::unexpected(http::describe_failure(std::move(facts)));
  }
  if (response.went_to_sink) {
    if (Result<void> ended = request.sink.end(); !ended) {
      return failure(std::move(ended.error()));
    }
  }
  return response;
}

class ScriptedTransport final : public http::Transport {
 public:
  explicit ScriptedTransport(ScriptedAttempts& attempts) : attempts_(attempts) {}

  Result<void> begin(JobId job, const http::Request& request, milliseconds timeout) override {
    attempts_.paths.push_back(http::parse_url(http::without_query(request.url))->path);
    AttemptScript script = attempts_.script(request);
    const milliseconds longest = script.facts.was_connected ? timeout : std::min(timeout, request.limits.connect);
    if (script.after > longest) {
      script.after = longest;
      script.facts.code = CURLE_OPERATION_TIMEDOUT;
    }
    under_way_.push_back({.job = job,
                          .request = &request,
                          .script = script,
                          .due = attempts_.clock.steady + script.after,
                          .sent_at = attempts_.clock.wall});
    return {};
  }
  void perform() override {}
  std::optional<Ended> next_ended() override {
    const auto ended =
        std::ranges::find_if(under_way_, [this](const Attempt& each) { return each.due <= attempts_.clock.steady; });
    if (ended == under_way_.end()) {
      return std::nullopt;
    }
    const Attempt attempt = std::move(*ended);
    under_way_.erase(ended);
    return Ended{.job = attempt.job, .result = delivered(*attempt.request, attempt.script, attempt.sent_at)};
  }
  void wait(milliseconds longest) override {
    Time next = attempts_.clock.steady + longest;
    for (const Attempt& each : under_way_) {
      next = std::min(next, each.due);
    }
    attempts_.clock.advance(next - attempts_.clock.steady);
  }

 private:
  struct Attempt {
    JobId job;
    const http::Request* request;
    AttemptScript script;
    Time due;
    std::chrono::system_clock::time_point sent_at;
  };

  ScriptedAttempts& attempts_;
  std::vector<Attempt> under_way_;
};

}  // namespace

http::ClientFactory ScriptedAttempts::factory() {
  return [this](http::ClientSettings settings) -> Result<std::unique_ptr<http::Client>> {
    return http::make_scheduled_client(std::move(settings), std::make_unique<ScriptedTransport>(*this));
  };
}

}  // namespace dgauth::support
