// SPDX-License-Identifier: MIT
#include "checking/expectations.hpp"

#include <algorithm>

namespace dgauth::checking {

using deepgram::ProbeResult;
using deepgram::Verdict;

std::vector<Unmet> unmet(std::span<const Expectation> expectations, std::span<const ProbeResult> results,
                         bool allow_unknown) {
  std::vector<Unmet> rows;
  for (const Expectation& expectation : expectations) {
    const auto result = std::ranges::find(results, expectation.name, &ProbeResult::name);
    const Unmet row{.name = expectation.name,
                    .expected = expectation.verdict,
                    .got = result == results.end() ? Verdict::skipped : result->verdict};
    if (row.got != row.expected && (row.is_contradicted() || !allow_unknown)) {
      rows.push_back(row);
    }
  }
  return rows;
}

ExitStatus status_of(std::span<const ProbeResult> results, std::span<const Unmet> unmet) {
  const bool has_passed = std::ranges::find(results, Verdict::pass, &ProbeResult::verdict) != results.end();
  if (!has_passed && std::ranges::any_of(results, &ProbeResult::is_credential_refused)) {
    return ExitStatus::refused;
  }
  if (std::ranges::any_of(unmet, &Unmet::is_contradicted)) {
    return ExitStatus::forbidden;
  }
  return unmet.empty() ? ExitStatus::ok : ExitStatus::service;
}

}  // namespace dgauth::checking
