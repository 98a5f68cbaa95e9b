// SPDX-License-Identifier: MIT
#include "http/scheduler.hpp"

#include <string>
#include <utility>
#include <vector>

#include "support/http_printing.hpp"

namespace dgauth::http {
namespace {

using namespace std::chrono_literals;
using std::chrono::milliseconds;
using Attempt = Scheduler::Attempt;
using JobId = Scheduler::JobId;

constexpr Scheduler::Time start{1h};
constexpr double middle = 0.5;  // of the range of a pause: no jitter

constexpr Attempt answered(int status, std::optional<std::chrono::seconds> retry_after = {}) {
  return {.outcome = AttemptOutcome::answered, .status = status, .retry_after = retry_after};
}
constexpr Attempt not_connected{.outcome = AttemptOutcome::not_connected};
constexpr Attempt interrupted{.outcome = AttemptOutcome::interrupted};
constexpr Attempt permanent{.outcome = AttemptOutcome::permanent};

JobId add(Scheduler& scheduler, RetryPolicy policy, milliseconds total = 30s, int retries = 2,
          Scheduler::Time now = start) {
  return scheduler.add(policy, {.total = total, .retries = retries}, now);
}

// The jobs due at `now`, in their order; all of them may be sent.
std::vector<JobId> due(Scheduler& scheduler, Scheduler::Time now) {
  std::vector<JobId> jobs;
  while (const auto each = scheduler.next_due(now)) {
    CHECK(each->timeout.has_value());
    jobs.push_back(each->job);
  }
  return jobs;
}

// How long after the start of the test the next job is due.
std::optional<std::chrono::nanoseconds> next(const Scheduler& scheduler) {
  const auto time = scheduler.next_time();
  return time ? std::optional<std::chrono::nanoseconds>(*time - start) : std::nullopt;
}

// The pauses between the attempts of a job of its own, each of which ends at once as `attempt` says.
std::vector<milliseconds> pauses(RetryPolicy policy, const Attempt& attempt, int retries = 2, double chance = middle) {
  Scheduler scheduler;
  const JobId job = add(scheduler, policy, 1h, retries);
  std::vector<milliseconds> result;
  Scheduler::Time now = start;
  while (true) {
    REQUIRE(due(scheduler, now) == std::vector{job});
    const auto end = scheduler.end_attempt(job, attempt, now, chance);
    if (!end.retry) {
      CHECK_FALSE(next(scheduler).has_value());
      return result;
    }
    result.push_back(end.retry->pause);
    CHECK(end.retry->number == static_cast<int>(result.size()));
    CHECK(due(scheduler, now + end.retry->pause - 1ns).empty());
    now += end.retry->pause;
    CHECK(next(scheduler) == now - start);
  }
}

using Pauses = std::vector<milliseconds>;

}  // namespace

TEST_CASE("http::Scheduler: attempts by policy and outcome, promise 15") {
  const Pauses none;
  const Pauses two = {500ms, 1s};
  struct Row {
    Attempt attempt;
    Pauses freely;
    Pauses unless_billed;
  };
  const Row rows[] = {
      {not_connected, two, two},   {interrupted, two, none},    {permanent, none, none},    {answered(200), none, none},
      {answered(302), none, none}, {answered(401), none, none}, {answered(408), two, none}, {answered(429), two, two},
      {answered(500), two, none},  {answered(503), two, none},
  };
  for (const Row& row : rows) {
    CAPTURE(row.attempt.outcome);
    CAPTURE(row.attempt.status);
    CHECK(pauses(RetryPolicy::freely, row.attempt) == row.freely);
    CHECK(pauses(RetryPolicy::unless_billed, row.attempt) == row.unless_billed);
  }
}

TEST_CASE("http::Scheduler: as many retries as allowed, the pauses doubled each time, give or take a fifth") {
  CHECK(pauses(RetryPolicy::freely, answered(503), 0).empty());
  CHECK(pauses(RetryPolicy::freely, answered(503), 1) == Pauses{500ms});
  CHECK(pauses(RetryPolicy::freely, answered(503), 4) == Pauses{500ms, 1s, 2s, 4s});
  CHECK(pauses(RetryPolicy::freely, answered(503), 2, 0.0) == Pauses{400ms, 800ms});
  CHECK(pauses(RetryPolicy::freely, answered(503), 2, 1.0) == Pauses{600ms, 1200ms});
}

TEST_CASE("http::Scheduler: Retry-After is the least of a pause") {
  CHECK(pauses(RetryPolicy::freely, answered(503, 2s)) == Pauses{2s, 2s});
  CHECK(pauses(RetryPolicy::freely, answered(429, 2s), 2, 0.0) == Pauses{2s, 2s});  // no jitter below it
  CHECK(pauses(RetryPolicy::unless_billed, answered(429, 1s), 3) == Pauses{1s, 1s, 2s});
  CHECK(pauses(RetryPolicy::freely, answered(503, 0s)) == Pauses{500ms, 1s});
  CHECK(pauses(RetryPolicy::freely, answered(503, -5s)) == Pauses{500ms, 1s});
}

TEST_CASE("http::Scheduler: a pause that would reach the deadline ends the job at once") {
  struct Row {
    std::string_view what;
    milliseconds total;
    Attempt attempt;
    bool is_retried;
  };
  constexpr Row rows[] = {
      {"the backoff fits", 501ms, answered(503), true},
      {"the backoff does not", 500ms, answered(503), false},
      {"Retry-After fits", 3001ms, answered(429, 3s), true},
      {"Retry-After does not", 3s, answered(429, 3s), false},
      {"an hour", 30s, answered(429, 1h), false},
      {"a day", 30s, answered(503, 24h), false},
      {"no connection", 499ms, not_connected, false},
  };
  for (const Row& row : rows) {
    CAPTURE(row.what);
    for (const RetryPolicy policy : {RetryPolicy::freely, RetryPolicy::unless_billed}) {
      Scheduler scheduler;
      const JobId job = add(scheduler, policy, row.total);
      CHECK(due(scheduler, start).size() == 1);
      const bool may = may_retry(policy, row.attempt.outcome, row.attempt.status);
      CHECK(scheduler.end_attempt(job, row.attempt, start, middle).retry.has_value() == (row.is_retried && may));
    }
  }
}

TEST_CASE("http::Scheduler: the deadline counts from the first attempt, not from add, promise 14") {
  Scheduler scheduler;
  const JobId job = add(scheduler, RetryPolicy::freely, 10s, 9);
  auto first = scheduler.next_due(start + 1min);  // the loop was busy until then
  REQUIRE(first.has_value());
  CHECK(*first->timeout == 10s);
  CHECK(scheduler.end_attempt(job, interrupted, start + 1min + 7s, middle).elapsed == 7s);
  auto second = scheduler.next_due(start + 1min + 7500ms);
  REQUIRE(second.has_value());
  CHECK(*second->timeout == 2500ms);
  const auto end = scheduler.end_attempt(job, interrupted, start + 1min + 9s, middle);
  CHECK(end.elapsed == 9s);
  CHECK_FALSE(end.retry.has_value());  // a second more would reach the deadline
}

TEST_CASE("http::Scheduler: an attempt that begins late has a millisecond left, and parts of one count") {
  Scheduler scheduler;
  const JobId job = add(scheduler, RetryPolicy::freely, 1s);
  CHECK(due(scheduler, start).size() == 1);
  CHECK(scheduler.end_attempt(job, not_connected, start, middle).retry.has_value());
  CHECK(*scheduler.next_due(start + 5s)->timeout == 1ms);
  scheduler.repeat(job, start + 5s);
  Scheduler other;
  const JobId another = add(other, RetryPolicy::freely, 1s);
  CHECK(due(other, start).size() == 1);
  other.repeat(another, start + 1us);
  CHECK(*other.next_due(start + 1us)->timeout == 1s);
}

TEST_CASE("http::Scheduler: a body that cannot be sent again") {
  Attempt attempt = answered(429);
  attempt.can_rewind = false;
  CHECK(pauses(RetryPolicy::unless_billed, attempt).empty());
  CHECK(pauses(RetryPolicy::freely, attempt).empty());
}

TEST_CASE("http::Scheduler::repeat: once more at once, and no retry is used up") {
  Scheduler scheduler;
  const JobId job = add(scheduler, RetryPolicy::unless_billed, 30s, 1);
  CHECK(due(scheduler, start) == std::vector{job});
  scheduler.repeat(job, start + 2s);
  CHECK(next(scheduler) == 2s);
  const auto again = scheduler.next_due(start + 2s);
  REQUIRE(again.has_value());
  CHECK(again->job == job);
  CHECK(*again->timeout == 28s);
  const auto end = scheduler.end_attempt(job, not_connected, start + 3s, middle);
  REQUIRE(end.retry.has_value());
  CHECK(end.retry->number == 1);
  CHECK(end.elapsed == 3s);
}

TEST_CASE("http::Scheduler: of jobs due at the same time the one that came first begins first") {
  Scheduler scheduler;
  std::vector<JobId> jobs;
  for (int i = 0; i < 4; ++i) {
    jobs.push_back(add(scheduler, RetryPolicy::freely));
  }
  const JobId earlier = add(scheduler, RetryPolicy::freely, 30s, 2, start - 1s);
  CHECK(next(scheduler) == -1s);
  CHECK(due(scheduler, start) == std::vector{earlier, jobs[0], jobs[1], jobs[2], jobs[3]});
  for (const JobId job : {jobs[2], jobs[0], jobs[3]}) {
    scheduler.end_attempt(job, answered(503), start + 1s, middle);
  }
  CHECK(due(scheduler, start + 1s).empty());
  CHECK(due(scheduler, start + 1500ms) == std::vector{jobs[2], jobs[0], jobs[3]});
}

TEST_CASE("http::Scheduler: a 429 holds all that may be billed, and nothing else") {
  Scheduler scheduler;
  const JobId refused = add(scheduler, RetryPolicy::unless_billed);
  CHECK(due(scheduler, start) == std::vector{refused});
  const JobId waiting = add(scheduler, RetryPolicy::unless_billed);
  const JobId free = add(scheduler, RetryPolicy::freely);
  CHECK(scheduler.end_attempt(refused, answered(429, 3s), start, middle).retry->pause == 3s);
  CHECK(due(scheduler, start) == std::vector{free});
  const JobId late = add(scheduler, RetryPolicy::unless_billed, 30s, 2, start + 1s);
  CHECK(due(scheduler, start + 2999ms).empty());
  CHECK(next(scheduler) == 3s);
  CHECK(due(scheduler, start + 3s) == std::vector{refused, waiting, late});
}

TEST_CASE("http::Scheduler: the time before the first attempt, held, is not counted") {
  Scheduler scheduler;
  const JobId refused = add(scheduler, RetryPolicy::unless_billed, 1min);
  CHECK(due(scheduler, start).size() == 1);
  add(scheduler, RetryPolicy::unless_billed, 10s);
  CHECK(scheduler.end_attempt(refused, answered(429, 8s), start, middle).retry.has_value());
  CHECK(due(scheduler, start + 1s).empty());
  CHECK(scheduler.next_due(start + 8s)->job == refused);
  CHECK(*scheduler.next_due(start + 8s)->timeout == 10s);
}

TEST_CASE("http::Scheduler: a longer pause is kept when another 429 asks for a shorter one") {
  Scheduler scheduler;
  const JobId one = add(scheduler, RetryPolicy::unless_billed);
  const JobId two = add(scheduler, RetryPolicy::unless_billed);
  CHECK(due(scheduler, start).size() == 2);
  scheduler.end_attempt(one, answered(429, 9s), start, middle);
  CHECK(scheduler.end_attempt(two, answered(429, 1s), start, middle).retry->pause == 1s);
  CHECK(due(scheduler, start + 1s).empty());
  CHECK(next(scheduler) == 9s);
  CHECK(due(scheduler, start + 9s) == std::vector{one, two});
}

TEST_CASE("http::Scheduler: a job that has no retry left, or no time, makes the others pause all the same") {
  for (const auto& [total, retries] : {std::pair<milliseconds, int>{30s, 0}, {2s, 5}}) {
    Scheduler scheduler;
    const JobId refused = add(scheduler, RetryPolicy::unless_billed, total, retries);
    CHECK(due(scheduler, start).size() == 1);
    CHECK_FALSE(scheduler.end_attempt(refused, answered(429, 3s), start, middle).retry.has_value());
    const JobId next = add(scheduler, RetryPolicy::unless_billed);
    CHECK(due(scheduler, start + 2s).empty());
    CHECK(due(scheduler, start + 3s) == std::vector{next});
  }
}

TEST_CASE("http::Scheduler: a 429 to what may be repeated freely holds nobody") {
  Scheduler scheduler;
  const JobId refused = add(scheduler, RetryPolicy::freely);
  CHECK(due(scheduler, start).size() == 1);
  scheduler.end_attempt(refused, answered(429, 20s), start, middle);
  const JobId other = add(scheduler, RetryPolicy::unless_billed);
  CHECK(due(scheduler, start) == std::vector{other});
}

TEST_CASE("http::Scheduler: what would be held past its deadline is over, and says how long the pause is") {
  Scheduler scheduler;
  const JobId refused = add(scheduler, RetryPolicy::unless_billed, 1min);
  const JobId retrying = add(scheduler, RetryPolicy::unless_billed, 10s);
  CHECK(due(scheduler, start).size() == 2);
  const JobId fresh = add(scheduler, RetryPolicy::unless_billed, 10s);
  CHECK(scheduler.end_attempt(retrying, not_connected, start + 1s, middle).retry->pause == 500ms);
  scheduler.end_attempt(refused, answered(429, 11s), start + 1s, middle);
  // 11 s are left, and then 10.5.
  for (const auto& [job, now] : {std::pair(fresh, start + 1s), std::pair(retrying, start + 1500ms)}) {
    const auto refusal = scheduler.next_due(now);
    REQUIRE(refusal.has_value());
    CHECK(refusal->job == job);
    REQUIRE_FALSE(refusal->timeout.has_value());
    CHECK(refusal->timeout.error().kind == ErrorKind::rate_limit);
    CHECK(refusal->timeout.error().message == "the server asks to wait 11 s");
    CHECK(refusal->timeout.error().hint == "try again in 11 s, or raise --timeout");
  }
  CHECK(due(scheduler, start + 12s) == std::vector{refused});
  CHECK_FALSE(next(scheduler).has_value());
}

TEST_CASE("http::Scheduler: a new job that has all its time is held up to the deadline, and not to it") {
  Scheduler scheduler;
  const JobId refused = add(scheduler, RetryPolicy::unless_billed, 1min);
  CHECK(due(scheduler, start).size() == 1);
  scheduler.end_attempt(refused, answered(429, 5s), start, middle);
  const JobId fits = add(scheduler, RetryPolicy::unless_billed, 5001ms);
  add(scheduler, RetryPolicy::unless_billed, 5s);
  CHECK_FALSE(scheduler.next_due(start)->timeout.has_value());
  CHECK(due(scheduler, start + 5s) == std::vector{refused, fits});
}

}  // namespace dgauth::http
