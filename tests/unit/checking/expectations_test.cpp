// SPDX-License-Identifier: MIT
#include "checking/expectations.hpp"

#include "support/probe_printing.hpp"

namespace dgauth::checking {

inline doctest::String toString(const Unmet& unmet) {
  return support::braced("Unmet", unmet.name, unmet.expected, unmet.got);
}

namespace {

using deepgram::ProbeResult;
using deepgram::Verdict;

constexpr Verdict pass = Verdict::pass;
constexpr Verdict failed = Verdict::fail;
constexpr Verdict unknown = Verdict::unknown;
constexpr Verdict skipped = Verdict::skipped;

ProbeResult probe(std::string_view name, Verdict verdict, bool is_credential_refused = false) {
  return {.name = name, .verdict = verdict, .is_credential_refused = is_credential_refused};
}

TEST_CASE("commands::unmet: one expectation and one result") {
  struct Row {
    Verdict expected;
    Verdict got;
    bool is_met;
    bool is_met_if_unknown_is_allowed;
    bool is_contradicted;
  };
  constexpr Row rows[] = {
      {pass, pass, true, true, false},       {pass, failed, false, false, true},    {pass, unknown, false, true, false},
      {pass, skipped, false, true, false},   {failed, failed, true, true, false},   {failed, pass, false, false, true},
      {failed, unknown, false, true, false}, {failed, skipped, false, true, false},
  };
  for (const Row& row : rows) {
    CAPTURE(row.expected);
    CAPTURE(row.got);
    const std::vector<Expectation> wanted = {{"listen", row.expected}};
    const std::vector<ProbeResult> results = {probe("grant", failed), probe("listen", row.got)};
    const std::vector<Unmet> strict = unmet(wanted, results, false);
    CHECK(strict.empty() == row.is_met);
    CHECK(unmet(wanted, results, true).empty() == row.is_met_if_unknown_is_allowed);
    if (!strict.empty()) {
      CHECK(strict == std::vector<Unmet>{{"listen", row.expected, row.got}});
      CHECK(strict[0].is_contradicted() == row.is_contradicted);
    }
  }
}

TEST_CASE("commands::unmet: an expectation without a result is undecided") {
  const std::vector<Expectation> wanted = {{"listen", pass}};
  CHECK(unmet(wanted, {}, false) == std::vector<Unmet>{{"listen", pass, skipped}});
  CHECK(unmet(wanted, {}, true).empty());
}

TEST_CASE("commands::unmet: what nobody expects is no matter") {
  const std::vector<ProbeResult> results = {probe("grant", failed), probe("listen", unknown)};
  CHECK(unmet({}, results, false).empty());
}

TEST_CASE("commands::unmet: in the order of the expectations") {
  const std::vector<Expectation> wanted = {{"listen", failed}, {"grant", pass}, {"manage", pass}};
  const std::vector<ProbeResult> results = {probe("grant", failed), probe("listen", pass), probe("manage", pass)};
  CHECK(unmet(wanted, results, false) == std::vector<Unmet>{{"listen", failed, pass}, {"grant", pass, failed}});
}

TEST_CASE("commands::status_of: the first that applies") {
  const Unmet contradicted{"listen", pass, failed};
  const Unmet undecided{"grant", pass, unknown};
  struct Row {
    std::vector<ProbeResult> results;
    std::vector<Unmet> unmet;
    ExitStatus status;
  };
  const ProbeResult refused = probe("listen", failed, true);
  const ProbeResult forbidden = probe("grant", failed);
  const Row rows[] = {
      // 4: no probe passed, and one was refused as a credential, whatever was expected
      {{refused}, {contradicted}, ExitStatus::refused},
      {{refused}, {}, ExitStatus::refused},
      {{refused}, {undecided}, ExitStatus::refused},
      {{refused, probe("grant", unknown), probe("manage", skipped), forbidden}, {}, ExitStatus::refused},
      // one passed: the credential as such is good
      {{refused, probe("grant", pass)}, {contradicted}, ExitStatus::forbidden},
      {{refused, probe("grant", pass)}, {undecided}, ExitStatus::service},
      {{refused, probe("grant", pass)}, {}, ExitStatus::ok},
      // 5 before 8
      {{forbidden}, {undecided, contradicted}, ExitStatus::forbidden},
      {{forbidden}, {contradicted}, ExitStatus::forbidden},
      {{probe("grant", unknown)}, {undecided}, ExitStatus::service},
      {{probe("grant", skipped)}, {{"grant", pass, skipped}}, ExitStatus::service},
      // probes nobody expects anything of never change it
      {{forbidden, probe("listen", unknown)}, {}, ExitStatus::ok},
      {{}, {}, ExitStatus::ok},
  };
  for (const Row& row : rows) {
    CAPTURE(&row - rows);
    CHECK(status_of(row.results, row.unmet) == row.status);
  }
}

}  // namespace
}  // namespace dgauth::checking
