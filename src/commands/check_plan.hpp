// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "base/result.hpp"
#include "commands/check.hpp"
#include "commands/expectations.hpp"

namespace dgauth::commands {

// What a check asks, and what it wants to hear.
struct CheckPlan {
  std::vector<std::string> probes;
  std::vector<Expectation> expectations;

  bool operator==(const CheckPlan&) const = default;
};

// ErrorKind::usage where the options contradict each other: an expectation on what is not probed, or both ways at once,
// nothing left to probe, or no minting with a token to be minted.
Result<CheckPlan> plan_check(const CheckOptions& options);

}  // namespace dgauth::commands
