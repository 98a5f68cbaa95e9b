// SPDX-License-Identifier: MIT
#include "http/scheduler.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace dgauth::http {

using std::chrono::milliseconds;

Scheduler::JobId Scheduler::add(RetryPolicy policy, const RequestLimits& limits, Time now) {
  const JobId id = next_id_++;
  jobs_.emplace(id, Job{.policy = policy, .limits = limits});
  waiting_.emplace(now, id);
  return id;
}

std::optional<Scheduler::Due> Scheduler::next_due(Time now) {
  while (!waiting_.empty() && waiting_.begin()->first <= now) {
    if (std::optional<Due> due = begin_attempt(waiting_.extract(waiting_.begin()).mapped(), now)) {
      return due;
    }
  }
  return std::nullopt;
}

std::optional<Scheduler::Due> Scheduler::begin_attempt(JobId id, Time now) {
  Job& job = jobs_.at(id);
  const Time deadline = job.deadline(now);
  if (Result<void> allowed = may_begin(job.policy, deadline, now); !allowed) {
    jobs_.erase(id);
    return Due{.job = id, .timeout = fail(std::move(allowed.error()))};
  }
  if (job.policy == RetryPolicy::unless_billed && held_until_ > now) {
    waiting_.emplace(held_until_, id);
    return std::nullopt;
  }
  job.first_attempt = job.first_attempt.value_or(now);
  return Due{.job = id, .timeout = std::max(std::chrono::ceil<milliseconds>(deadline - now), milliseconds(1))};
}

Result<void> Scheduler::may_add(RetryPolicy policy, const RequestLimits& limits, Time now) const {
  return may_begin(policy, now + limits.total, now);
}

Result<void> Scheduler::may_begin(RetryPolicy policy, Time deadline, Time now) const {
  if (policy != RetryPolicy::unless_billed || held_until_ <= now || held_until_ < deadline) {
    return {};
  }
  const auto rest = std::chrono::ceil<std::chrono::seconds>(held_until_ - now).count();
  return fail(ErrorKind::rate_limit, fmt::format("the server asks to wait {} s", rest),
              fmt::format("try again in {} s, or raise --timeout", rest));
}

void Scheduler::suspend(JobId id) {
  const Job& job = jobs_.at(id);
  waiting_.emplace(*job.first_attempt + job.limits.total, id);
}

std::optional<Scheduler::Due> Scheduler::resume(JobId id, Time now) {
  stop_waiting(id);
  return begin_attempt(id, now);
}

void Scheduler::forget(JobId id) {
  stop_waiting(id);
  jobs_.erase(id);
}

void Scheduler::stop_waiting(JobId id) {
  std::erase_if(waiting_, [id](const auto& each) { return each.second == id; });
}

Scheduler::AttemptEnd Scheduler::end_attempt(JobId id, const Attempt& attempt, Time now, double chance) {
  Job& job = jobs_.at(id);
  AttemptEnd end{.elapsed = std::chrono::duration_cast<milliseconds>(now - *job.first_attempt),
                 .attempts = 1 + job.retries_done,
                 .retry = {}};
  if (const std::optional<milliseconds> pause = pause_before_retry(job, attempt, now, chance)) {
    end.retry = {.number = ++job.retries_done, .pause = *pause};
    waiting_.emplace(now + *pause, id);
  } else {
    jobs_.erase(id);
  }
  return end;
}

std::optional<milliseconds> Scheduler::pause_before_retry(const Job& job, const Attempt& attempt, Time now,
                                                          double chance) {
  if (!may_retry(job.policy, attempt.outcome, attempt.status)) {
    return std::nullopt;
  }
  const milliseconds pause = retry_delay(job.retries_done, attempt.retry_after, chance);
  if (attempt.status == 429 && job.policy == RetryPolicy::unless_billed) {
    held_until_ = std::max(held_until_, now + pause);
  }
  const bool has_retry = job.retries_done < job.limits.retries && attempt.can_rewind;
  const bool has_time = now + pause < job.deadline(now);
  return has_retry && has_time ? std::optional(pause) : std::nullopt;
}

std::optional<Scheduler::Time> Scheduler::next_time() const {
  return waiting_.empty() ? std::nullopt : std::optional(waiting_.begin()->first);
}

}  // namespace dgauth::http
