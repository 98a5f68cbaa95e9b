// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <optional>

#include "http/message.hpp"

namespace dgauth::http {

// How a try ended, as far as trying again depends on it.
enum class AttemptOutcome {
  answered,       // with an HTTP status
  not_connected,  // nothing of the request left this machine
  interrupted,    // the connection broke, or time ran out, after the request may have arrived
  permanent,      // the same would happen again: TLS verification, an answer that is not HTTP
};

// Whether a request that allows `policy` may be sent again after a try that ended so; `status` is read for `answered`.
bool may_retry(RetryPolicy policy, AttemptOutcome end, int status);

// The pause before retry number `retry`, counted from 0: half a second, doubled each time, give or take a fifth;
// `chance` in [0, 1) says where in that range. What the server asks for in Retry-After is the least.
std::chrono::milliseconds retry_delay(int retry, std::optional<std::chrono::seconds> retry_after, double chance);

}  // namespace dgauth::http
