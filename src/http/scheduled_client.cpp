// SPDX-License-Identifier: MIT
#include "http/scheduled_client.hpp"

#include <algorithm>
#include <random>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>

#include "http/url.hpp"

namespace dgauth::http {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds longest_wait{1000};
constexpr milliseconds tick{100};

// A request until it is done.
struct Job {
  Request request;
  Client::Done on_done;
  bool is_being_authorized = false;  // its next attempt waits for that
};

class ScheduledClient final : public Client {
 public:
  ScheduledClient(ClientSettings settings, std::unique_ptr<Transport> transport)
      : settings_(std::move(settings)), random_(std::random_device()()), transport_(std::move(transport)) {}

  using Client::run;
  void start(Request request, Done on_done) override;
  Result<void> may_start(RetryPolicy policy, const RequestLimits& limits) const override {
    return scheduler_.may_add(policy, limits, now());
  }
  void run(const std::function<void()>& on_tick) override;

 private:
  void start_due_attempts();
  void authorize_attempt(Scheduler::JobId id);
  void take_authorization(Scheduler::JobId id, Result<Secret> value);
  void begin_attempt(Scheduler::Due due);
  Result<void> begin_transfer(Scheduler::JobId id, milliseconds timeout);
  void wait(milliseconds longest);
  void end_attempt(Transport::Ended ended);
  void finish(Scheduler::JobId id, Result<Response> result);
  Scheduler::Time now() const { return settings_.clock.steady_now(); }
  void trace(const Request& request, std::string_view text) const;

  ClientSettings settings_;
  std::minstd_rand random_;
  Scheduler scheduler_;
  std::unordered_map<Scheduler::JobId, Job> jobs_;
  std::unique_ptr<Transport> transport_;  // the last member: it points into the requests
};

void ScheduledClient::trace(const Request& request, std::string_view text) const {
  if (settings_.trace) {
    settings_.trace(fmt::format("{} {}: {}", request.method, without_query(request.url), text));
  }
}

void ScheduledClient::start(Request request, Done on_done) {
  const Scheduler::JobId id = scheduler_.add(request.retry_policy, request.limits, now());
  jobs_.emplace(id, Job{.request = std::move(request), .on_done = std::move(on_done)});
}

void ScheduledClient::run(const std::function<void()>& on_tick) {
  while (!jobs_.empty()) {
    start_due_attempts();
    transport_->perform();
    while (std::optional<Transport::Ended> ended = transport_->next_ended()) {
      end_attempt(std::move(*ended));
    }
    if (on_tick) {
      on_tick();
    }
    wait(on_tick ? tick : longest_wait);
  }
}

void ScheduledClient::start_due_attempts() {
  while (std::optional<Scheduler::Due> due = scheduler_.next_due(now())) {
    const Scheduler::JobId id = due->job;
    const Job& job = jobs_.at(id);
    if (due->timeout && job.is_being_authorized) {
      scheduler_.forget(id);
      finish(id,
             fail(ErrorKind::network, "the token expired, and a new one did not arrive in time", "raise --timeout"));
    } else if (due->timeout && job.request.authorize) {
      authorize_attempt(id);
    } else {
      begin_attempt(std::move(*due));
    }
  }
}

void ScheduledClient::authorize_attempt(Scheduler::JobId id) {
  Job& job = jobs_.at(id);
  job.is_being_authorized = true;
  scheduler_.suspend(id);
  const auto authorize = job.request.authorize;  // the job may be gone before it returns
  authorize([this, id](Result<Secret> value) { take_authorization(id, std::move(value)); });
}

void ScheduledClient::take_authorization(Scheduler::JobId id, Result<Secret> value) {
  const auto found = jobs_.find(id);
  if (found == jobs_.end()) {
    return;  // its time was over
  }
  Job& job = found->second;
  job.is_being_authorized = false;
  if (!value) {
    scheduler_.forget(id);
    finish(id, fail(std::move(value.error())));
    return;
  }
  job.request.authorization = std::move(*value);
  if (std::optional<Scheduler::Due> due = scheduler_.resume(id, now())) {
    begin_attempt(std::move(*due));
  }
}

void ScheduledClient::begin_attempt(Scheduler::Due due) {
  if (!due.timeout) {
    finish(due.job, fail(std::move(due.timeout.error())));
  } else if (Result<void> started = begin_transfer(due.job, *due.timeout); !started) {
    scheduler_.forget(due.job);
    finish(due.job, fail(std::move(started.error())));
  }
}

Result<void> ScheduledClient::begin_transfer(Scheduler::JobId id, milliseconds timeout) {
  const Request& request = jobs_.at(id).request;
  TRY(transport_->begin(id, request, timeout));
  const std::optional<std::uint64_t> size = request.body_size();
  trace(request, size ? fmt::format("{} bytes to send", *size) : "a body of unknown length to send");
  return {};
}

void ScheduledClient::wait(milliseconds longest) {
  if (jobs_.empty()) {
    return;
  }
  milliseconds timeout = longest;
  if (const std::optional<Scheduler::Time> next = scheduler_.next_time()) {
    timeout = std::clamp(std::chrono::ceil<milliseconds>(*next - now()), milliseconds(0), longest);
  }
  transport_->wait(timeout);
}

void ScheduledClient::end_attempt(Transport::Ended ended) {
  const Scheduler::JobId id = ended.job;
  tl::expected<Response, CurlFailure>& response = ended.result;
  const Request& request = jobs_.at(id).request;
  trace(request, ended.summary);
  if (ended.is_to_be_repeated) {
    scheduler_.repeat(id, now());
    return;
  }
  Scheduler::Attempt attempt{.outcome = AttemptOutcome::answered,
                             .can_rewind = !request.body_file || request.body_file->can_rewind()};
  if (response) {
    attempt.status = response->status;
    attempt.retry_after = response->retry_after;
  } else {
    attempt.outcome = response.error().end;
  }
  const double chance = std::uniform_real_distribution<double>(0.0, 1.0)(random_);
  const Scheduler::AttemptEnd end = scheduler_.end_attempt(id, attempt, now(), chance);
  if (end.retry) {
    trace(request,
          fmt::format("retry {} of {} in {} ms", end.retry->number, request.limits.retries, end.retry->pause.count()));
    if (request.body_file) {
      request.body_file->rewind();
    }
    return;
  }
  if (!response) {
    Error& error = response.error().error;
    if (end.attempts > 1) {
      error.message += fmt::format(", after {} attempts", end.attempts);
    }
    finish(id, fail(std::move(error)));
    return;
  }
  response->elapsed = end.elapsed;
  response->attempts = end.attempts;
  finish(id, std::move(*response));
}

void ScheduledClient::finish(Scheduler::JobId id, Result<Response> result) {
  const auto job = jobs_.extract(id);  // before on_done, which may start more
  job.mapped().on_done(std::move(result));
}

}  // namespace

std::unique_ptr<Client> make_scheduled_client(ClientSettings settings, std::unique_ptr<Transport> transport) {
  return std::make_unique<ScheduledClient>(std::move(settings), std::move(transport));
}

}  // namespace dgauth::http
