// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <optional>
#include <unordered_map>

#include "base/result.hpp"
#include "http/retry.hpp"

namespace dgauth::http {

// Decides when the attempts of each request begin, and when the last of them was made. Sends nothing, and does not read
// a clock: every function is told the time, which never goes back.
class Scheduler {
 public:
  using Time = std::chrono::steady_clock::time_point;
  using JobId = std::size_t;

  // A request whose first attempt may begin at `now`.
  JobId add(RetryPolicy policy, const RequestLimits& limits, Time now);

  struct Due {
    JobId job;
    // How long the attempt that begins now may take. ErrorKind::rate_limit: the pause that the server has asked for
    // goes on past the deadline, nothing is sent, and the job is over.
    Result<std::chrono::milliseconds> timeout;
  };
  // The job whose attempt begins at `now`: what became due first, and of the same time what came first. nullopt if none
  // is due. The deadline of a job is `limits.total` after its first attempt began.
  std::optional<Due> next_due(Time now);

  struct Attempt {
    AttemptOutcome outcome;
    int status = 0;  // 0 unless `answered`
    std::optional<std::chrono::seconds> retry_after{};
    bool can_rewind = true;  // the body can be sent again
  };
  struct Retry {
    int number;  // from 1
    std::chrono::milliseconds pause;
  };
  struct AttemptEnd {
    std::chrono::milliseconds elapsed;  // since the first attempt began
    int attempts;                       // that have been made
    std::optional<Retry> retry;         // nullopt: the job is over
  };
  // `job`, which was due, has made an attempt. It becomes due again if its policy, its number of retries and its
  // deadline allow that. `chance` in [0, 1) places the pause, as for retry_delay. A 429 to a job that is
  // `unless_billed` makes all of that policy pause, even if this one is over.
  AttemptEnd end_attempt(JobId job, const Attempt& attempt, Time now, double chance);

  // `job`, which was due, is to make its attempt once more at once: this does not count as a retry.
  void repeat(JobId job, Time now) { waiting_.emplace(now, job); }

  // `job`, which was due, waits for something else than time. It becomes due again at its deadline, or sooner by
  // resume.
  void suspend(JobId job);
  // `job`, which was suspended, has what it waited for: its attempt begins at `now`. nullopt: all of its policy pause,
  // and it becomes due again after that.
  std::optional<Due> resume(JobId job, Time now);
  // `job`, which was due or suspended, is over.
  void forget(JobId job);

  // Fails as next_due would with a job that is added at `now`: ErrorKind::rate_limit.
  Result<void> may_add(RetryPolicy policy, const RequestLimits& limits, Time now) const;

  // When to ask next_due again. nullopt if no job waits.
  std::optional<Time> next_time() const;

 private:
  struct Job {
    RetryPolicy policy;
    RequestLimits limits;
    std::optional<Time> first_attempt{};
    int retries_done = 0;

    Time deadline(Time now) const { return first_attempt.value_or(now) + limits.total; }
  };
  std::optional<Due> begin_attempt(JobId job, Time now);
  Result<void> may_begin(RetryPolicy policy, Time deadline, Time now) const;
  void stop_waiting(JobId job);
  std::optional<std::chrono::milliseconds> pause_before_retry(const Job& job, const Attempt& attempt, Time now,
                                                              double chance);

  std::unordered_map<JobId, Job> jobs_;
  std::multimap<Time, JobId> waiting_;  // for their next attempts
  Time held_until_ = Time::min();       // jobs that are `unless_billed` begin no attempt before
  JobId next_id_ = 0;
};

}  // namespace dgauth::http
