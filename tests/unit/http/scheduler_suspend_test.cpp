// SPDX-License-Identifier: MIT
#include "http/scheduler.hpp"

#include "support/http_printing.hpp"

namespace dgauth::http {
namespace {

using namespace std::chrono_literals;
using JobId = Scheduler::JobId;

constexpr Scheduler::Time start{1h};
constexpr double middle = 0.5;

// A job of 30 s that was due at `start` and waits for something else.
JobId suspended(Scheduler& scheduler) {
  const JobId job = scheduler.add(RetryPolicy::unless_billed, {.total = 30s, .retries = 2}, start);
  REQUIRE(scheduler.next_due(start)->job == job);
  scheduler.suspend(job);
  return job;
}

// Makes all pause from `now` on.
void hold(Scheduler& scheduler, Scheduler::Time now, std::chrono::seconds pause) {
  const JobId other = scheduler.add(RetryPolicy::unless_billed, {.total = 1h, .retries = 0}, now);
  REQUIRE(scheduler.next_due(now)->job == other);
  scheduler.end_attempt(other, {.outcome = AttemptOutcome::answered, .status = 429, .retry_after = pause}, now, middle);
}

}  // namespace

TEST_CASE("http::Scheduler: a suspended job is due once it is resumed, with what is left of its time") {
  Scheduler scheduler;
  const JobId job = suspended(scheduler);
  CHECK_FALSE(scheduler.next_due(start + 10s).has_value());
  const auto due = scheduler.resume(job, start + 10s);
  REQUIRE(due.has_value());
  CHECK(due->job == job);
  CHECK(due->timeout.value() == 20s);
  CHECK_FALSE(scheduler.next_time().has_value());
}

TEST_CASE("http::Scheduler: a suspended job is due at its deadline") {
  Scheduler scheduler;
  const JobId job = suspended(scheduler);
  CHECK(scheduler.next_time().value() - start == 30s);
  CHECK_FALSE(scheduler.next_due(start + 30s - 1ns).has_value());
  CHECK(scheduler.next_due(start + 30s)->job == job);
  scheduler.forget(job);
  CHECK_FALSE(scheduler.next_time().has_value());
}

TEST_CASE("http::Scheduler: a job that is resumed while all pause is due after the pause, or never") {
  Scheduler scheduler;
  const JobId job = suspended(scheduler);
  hold(scheduler, start + 1s, 5s);
  CHECK_FALSE(scheduler.resume(job, start + 2s).has_value());
  CHECK(scheduler.next_time().value() - start == 6s);
  CHECK(scheduler.next_due(start + 6s)->job == job);
  scheduler.suspend(job);
  hold(scheduler, start + 7s, 1min);
  const auto due = scheduler.resume(job, start + 8s);
  REQUIRE(due.has_value());
  CHECK(due->timeout.error().kind == ErrorKind::rate_limit);
  CHECK_FALSE(scheduler.next_time().has_value());
}

TEST_CASE("http::Scheduler::may_add: not what would be turned away, but what waits") {
  Scheduler scheduler;
  const RequestLimits limits{.total = 30s};
  CHECK(scheduler.may_add(RetryPolicy::unless_billed, limits, start).has_value());
  hold(scheduler, start, 30s);
  CHECK(scheduler.may_add(RetryPolicy::unless_billed, limits, start).error().message == "the server asks to wait 30 s");
  CHECK(scheduler.may_add(RetryPolicy::freely, limits, start).has_value());
  CHECK(scheduler.may_add(RetryPolicy::unless_billed, limits, start + 1s).has_value());
  CHECK(scheduler.may_add(RetryPolicy::unless_billed, {.total = 31s}, start).has_value());
}

TEST_CASE("http::Scheduler: a job that is forgotten while it is suspended is never due") {
  Scheduler scheduler;
  scheduler.forget(suspended(scheduler));
  CHECK_FALSE(scheduler.next_due(start + 1h).has_value());
}

}  // namespace dgauth::http
