// SPDX-License-Identifier: MIT
#include "checking/expectations.hpp"

#include "support/checking_printing.hpp"

namespace dgauth::checking {
namespace {

using deepgram::ProbeId;
using deepgram::ProbeResult;
using deepgram::Verdict;

constexpr Verdict pass = Verdict::pass;
constexpr Verdict failed = Verdict::fail;
constexpr Verdict unknown = Verdict::unknown;
constexpr Verdict skipped = Verdict::skipped;

ProbeResult probe(ProbeId id, Verdict verdict, bool is_credential_refused = false) {
  return {.probe = id, .verdict = verdict, .is_credential_refused = is_credential_refused};
}

TEST_CASE("checking::unmet: one expectation and one result") {
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
    const Expectations wanted = row.expected == pass ? Expectations{.must_pass = {ProbeId::listen}}
                                                     : Expectations{.must_fail = {ProbeId::listen}};
    const std::vector<ProbeResult> results = {probe(ProbeId::grant, failed), probe(ProbeId::listen, row.got)};
    const std::vector<Unmet> strict = unmet(wanted, results, false);
    CHECK(strict.empty() == row.is_met);
    CHECK(unmet(wanted, results, true).empty() == row.is_met_if_unknown_is_allowed);
    if (!strict.empty()) {
      CHECK(strict == std::vector<Unmet>{{ProbeId::listen, row.expected, row.got}});
      CHECK(strict[0].is_contradicted() == row.is_contradicted);
    }
  }
}

TEST_CASE("checking::unmet: what nobody expects is no matter") {
  const std::vector<ProbeResult> results = {probe(ProbeId::grant, failed), probe(ProbeId::listen, unknown)};
  CHECK(unmet({}, results, false).empty());
}

TEST_CASE("checking::unmet: in the order of the results") {
  const Expectations wanted{.must_pass = {ProbeId::manage, ProbeId::grant}, .must_fail = {ProbeId::listen}};
  const std::vector<ProbeResult> results = {probe(ProbeId::grant, failed), probe(ProbeId::listen, pass),
                                            probe(ProbeId::manage, pass)};
  CHECK(unmet(wanted, results, false) ==
        std::vector<Unmet>{{ProbeId::grant, pass, failed}, {ProbeId::listen, failed, pass}});
}

TEST_CASE("checking::Expectations::on") {
  const Expectations wanted{.must_pass = {ProbeId::grant}, .must_fail = {ProbeId::manage}};
  CHECK(wanted.on(ProbeId::grant) == pass);
  CHECK(wanted.on(ProbeId::manage) == failed);
  CHECK(wanted.on(ProbeId::listen) == std::nullopt);
}

TEST_CASE("checking::status_of: the first that applies") {
  const Unmet contradicted{ProbeId::listen, pass, failed};
  const Unmet undecided{ProbeId::grant, pass, unknown};
  struct Row {
    std::vector<ProbeResult> results;
    std::vector<Unmet> unmet;
    ExitStatus status;
  };
  const ProbeResult refused = probe(ProbeId::listen, failed, true);
  const ProbeResult forbidden = probe(ProbeId::grant, failed);
  const Row rows[] = {
      // 4: no probe passed, and one was refused as a credential, whatever was expected
      {{refused}, {contradicted}, ExitStatus::refused},
      {{refused}, {}, ExitStatus::refused},
      {{refused}, {undecided}, ExitStatus::refused},
      {{refused, probe(ProbeId::grant, unknown), probe(ProbeId::manage, skipped), forbidden}, {}, ExitStatus::refused},
      // one passed: the credential as such is good
      {{refused, probe(ProbeId::grant, pass)}, {contradicted}, ExitStatus::forbidden},
      {{refused, probe(ProbeId::grant, pass)}, {undecided}, ExitStatus::service},
      {{refused, probe(ProbeId::grant, pass)}, {}, ExitStatus::ok},
      // 5 before 8
      {{forbidden}, {undecided, contradicted}, ExitStatus::forbidden},
      {{forbidden}, {contradicted}, ExitStatus::forbidden},
      {{probe(ProbeId::grant, unknown)}, {undecided}, ExitStatus::service},
      {{probe(ProbeId::grant, skipped)}, {{ProbeId::grant, pass, skipped}}, ExitStatus::service},
      // probes nobody expects anything of never change it
      {{forbidden, probe(ProbeId::listen, unknown)}, {}, ExitStatus::ok},
      {{}, {}, ExitStatus::ok},
  };
  for (const Row& row : rows) {
    CAPTURE(&row - rows);
    CHECK(status_of(row.results, row.unmet, false) == row.status);
  }
  // A token that was minted a moment ago is good: a refusal contradicts what was expected of it.
  CHECK(status_of(std::vector{refused}, std::vector{contradicted}, true) == ExitStatus::forbidden);
  CHECK(status_of(std::vector{refused}, std::vector{undecided}, true) == ExitStatus::service);
  CHECK(status_of(std::vector{refused}, {}, true) == ExitStatus::ok);
}

}  // namespace
}  // namespace dgauth::checking
