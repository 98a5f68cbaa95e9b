// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/exit_status.hpp"
#include "base/result.hpp"
#include "deepgram/probe.hpp"

namespace dgauth::checking {

// What is wanted of one probe.
struct Expectation {
  std::string name;
  deepgram::Verdict verdict;  // pass or fail

  bool operator==(const Expectation&) const = default;
};

// An expectation that did not come true.
struct Unmet {
  std::string name;
  deepgram::Verdict expected;
  deepgram::Verdict got;  // the opposite: contradicted; unknown or skipped: undecided

  bool is_contradicted() const { return got == deepgram::Verdict::pass || got == deepgram::Verdict::fail; }
  bool operator==(const Unmet&) const = default;
};

// The expectations that `results` do not meet. With `allow_unknown` what is undecided counts as met.
std::vector<Unmet> unmet(std::span<const Expectation> expectations, std::span<const deepgram::ProbeResult> results,
                         bool allow_unknown);

// The exit status of a check: refused, if no probe passed and one was refused as a credential; else forbidden, if an
// expectation is contradicted; else service, if one is undecided; else ok.
ExitStatus status_of(std::span<const deepgram::ProbeResult> results, std::span<const Unmet> unmet);

}  // namespace dgauth::checking
