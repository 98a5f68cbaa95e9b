// SPDX-License-Identifier: MIT
#include "http/retry.hpp"

#include <algorithm>

namespace dgauth::http {
namespace {

constexpr std::chrono::milliseconds first_pause{500};
constexpr int most_doublings = 10;  // 8.5 minutes
constexpr double jitter = 0.2;

bool is_worth_a_retry(int status) { return status == 408 || status == 429 || status >= 500; }

}  // namespace

bool may_retry(RetryPolicy policy, AttemptOutcome end, int status) {
  switch (end) {
    case AttemptOutcome::not_connected: return true;
    case AttemptOutcome::interrupted: return policy == RetryPolicy::freely;
    case AttemptOutcome::answered: return policy == RetryPolicy::freely ? is_worth_a_retry(status) : status == 429;
    case AttemptOutcome::permanent: return false;
  }
  return false;
}

std::chrono::milliseconds retry_delay(int retry, std::optional<std::chrono::seconds> retry_after, double chance) {
  const auto pause = first_pause * (1 << std::clamp(retry, 0, most_doublings));
  const double factor = 1.0 - jitter + 2.0 * jitter * chance;
  const auto jittered = std::chrono::duration_cast<std::chrono::milliseconds>(pause * factor);
  return retry_after ? std::max<std::chrono::milliseconds>(jittered, *retry_after) : jittered;
}

}  // namespace dgauth::http
