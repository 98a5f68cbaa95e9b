// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "base/result.hpp"
#include "checking/expectations.hpp"
#include "options/auth.hpp"

namespace dgauth::checking {

struct CheckOptions {
  options::Auth auth = options::Auth::key;
  std::vector<std::string> probes;      // names; empty: all
  std::vector<std::string> expect;      // names that must pass
  std::vector<std::string> expect_not;  // names that must fail
  bool allow_unknown = false;
  bool no_mint = false;
  std::string report;  // a file that gets the report too; empty: none

  bool operator==(const CheckOptions&) const = default;
};

// What a check asks, and what it wants to hear.
struct CheckPlan {
  std::vector<std::string> probes;
  std::vector<Expectation> expectations;

  bool operator==(const CheckPlan&) const = default;
};

// ErrorKind::usage where the options contradict each other: an expectation on what is not probed, or both ways at once,
// nothing left to probe, or no minting with a token to be minted.
Result<CheckPlan> plan_check(const CheckOptions& options);

}  // namespace dgauth::checking
