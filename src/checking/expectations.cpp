// SPDX-License-Identifier: MIT
#include "checking/expectations.hpp"

#include <algorithm>

namespace dgauth::checking {

using deepgram::ProbeResult;
using deepgram::Verdict;

std::optional<Verdict> Expectations::on(deepgram::ProbeId probe) const {
  if (must_pass.has(probe)) {
    return Verdict::pass;
  }
  return must_fail.has(probe) ? std::optional(Verdict::fail) : std::nullopt;
}

std::vector<Unmet> unmet(const Expectations& expectations, std::span<const ProbeResult> results, bool allow_unknown) {
  std::vector<Unmet> rows;
  for (const ProbeResult& result : results) {
    const std::optional<Verdict> expected = expectations.on(result.probe);
    const bool is_met = !expected || result.verdict == *expected || (allow_unknown && !is_decided(result.verdict));
    if (!is_met) {
      rows.push_back({.probe = result.probe, .expected = *expected, .got = result.verdict});
    }
  }
  return rows;
}

ExitStatus status_of(std::span<const ProbeResult> results, std::span<const Unmet> unmet, bool is_new_token) {
  const bool has_passed = std::ranges::find(results, Verdict::pass, &ProbeResult::verdict) != results.end();
  if (!is_new_token && !has_passed && std::ranges::any_of(results, &ProbeResult::is_credential_refused)) {
    return ExitStatus::refused;
  }
  if (std::ranges::any_of(unmet, &Unmet::is_contradicted)) {
    return ExitStatus::forbidden;
  }
  return unmet.empty() ? ExitStatus::ok : ExitStatus::service;
}

}  // namespace dgauth::checking
