// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <vector>

#include "base/result.hpp"
#include "checking/expectations.hpp"
#include "deepgram/credential.hpp"
#include "deepgram/probe_set.hpp"
#include "http/message.hpp"

namespace dgauth::checking {

// What the user asks of a check.
struct CheckWishes {
  deepgram::CredentialKind credential = deepgram::CredentialKind::api_key;  // that is checked
  deepgram::ProbeSet probes{};                                              // empty: all
  deepgram::ProbeSet expect{};                                              // must pass
  deepgram::ProbeSet expect_not{};                                          // must fail
  bool no_mint = false;                                                     // leave out the probe that mints
};

struct CheckPlan {
  deepgram::ProbeSet probes;
  Expectations expectations;

  bool operator==(const CheckPlan&) const = default;
};

// Without an expectation of the user's own, the probes named are expected to pass, else listen, and with an API key
// grant. ErrorKind::usage for an expectation on a probe that is left out, for one both ways at once, and for a plan
// without any probe.
Result<CheckPlan> plan_check(const CheckWishes& wishes);

// The requests of `plan` without credentials, the identity request last. Controls are not among them.
std::vector<http::Request> requests_of(const CheckPlan& plan, const deepgram::BaseUrl& base_url);

}  // namespace dgauth::checking
