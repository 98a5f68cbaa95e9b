// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "base/exit_status.hpp"
#include "deepgram/probe_result.hpp"
#include "deepgram/probe_set.hpp"

namespace dgauth::checking {

// What is expected of which probes. No probe is in both sets.
struct Expectations {
  deepgram::ProbeSet must_pass{};
  deepgram::ProbeSet must_fail{};

  // pass, fail, or nullopt if nothing is expected of the probe.
  std::optional<deepgram::Verdict> on(deepgram::ProbeId probe) const;
  bool operator==(const Expectations&) const = default;
};

// An expectation that is not met.
struct Unmet {
  deepgram::ProbeId probe{};
  deepgram::Verdict expected{};
  deepgram::Verdict got{};  // the opposite: contradicted; unknown or skipped: undecided

  bool is_contradicted() const { return deepgram::is_decided(got); }
  bool operator==(const Unmet&) const = default;
};

// The expectations that `results` do not meet, in the order of `results`. With `allow_unknown` an undecided one counts
// as met.
std::vector<Unmet> unmet(const Expectations& expectations, std::span<const deepgram::ProbeResult> results,
                         bool allow_unknown);

// The exit status of a check: refused, if no probe passed and one was refused as a credential, unless that is a token
// which was minted just now; else forbidden, if an expectation is contradicted; else service, if one is undecided; else
// ok.
ExitStatus status_of(std::span<const deepgram::ProbeResult> results, std::span<const Unmet> unmet, bool is_new_token);

}  // namespace dgauth::checking
