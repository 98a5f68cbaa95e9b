// SPDX-License-Identifier: MIT
#include "checking/report.hpp"

#include "checking/report_formats.hpp"
#include "support/checking_printing.hpp"

namespace dgauth::checking {

using deepgram::CredentialKind;
using deepgram::Verdict;
using enum deepgram::ProbeId;

TEST_CASE("checking::advice_on a token: it may not do all, and a new one has not expired") {
  const auto advice_on_refused = [](deepgram::ProbeId probe, bool is_new) {
    deepgram::ProbeResults results = deepgram::nothing_probed("");
    for (deepgram::ProbeResult& result : results.probes) {
      result.verdict = result.probe == probe ? Verdict::fail : Verdict::skipped;
      result.advice = "it may have expired";
      result.is_credential_refused = result.probe == probe;
    }
    return advice_on(report_of({.kind = CredentialKind::access_token, .is_new_token = is_new},
                               {.probes = {probe}, .expectations = {.must_pass = {probe}}}, deepgram::BaseUrl(),
                               std::move(results), false));
  };
  for (const deepgram::ProbeId probe : {grant, manage}) {
    for (const bool is_new : {true, false}) {
      CHECK(advice_on_refused(probe, is_new) ==
            std::vector<std::string>{"temporary tokens only work with the voice APIs: they cannot mint or manage; use "
                                     "--auth key to test the key"});
    }
  }
  CHECK(advice_on_refused(listen, true) ==
        std::vector<std::string>{"the token is new, so it cannot have expired: use --auth key to test the key"});
  CHECK(advice_on_refused(listen, false) == std::vector<std::string>{"it may have expired"});
}

TEST_CASE("checking::advice_on a key with too many rights, unless it needs some of them") {
  const auto advice_with = [](deepgram::ProbeSet must_pass, deepgram::ProbeSet must_fail) {
    deepgram::ProbeResults results = deepgram::nothing_probed("");
    for (deepgram::ProbeResult& result : results.probes) {
      result.verdict = Verdict::pass;
    }
    return advice_on(report_of({}, {.probes = deepgram::ProbeSet::all(), .expectations = {must_pass, must_fail}},
                               deepgram::BaseUrl(), std::move(results), false));
  };
  CHECK(advice_with({}, {grant, manage}) ==
        std::vector<std::string>{"this key can do more than expected: create one with the role Default (Deepgram "
                                 "console > API Keys > Create Key)"});
  CHECK(advice_with({listen}, {manage}).size() == 1);
  CHECK(advice_with({manage}, {grant}).empty());
  CHECK(advice_with({grant}, {manage}).empty());
  CHECK(advice_with({}, {listen}).empty());
}

TEST_CASE("checking::format_log of a credential that was refused where that is expected") {
  deepgram::ProbeResults results = deepgram::nothing_probed("");
  results.probes[0] = {.probe = grant, .verdict = Verdict::fail, .is_credential_refused = true};
  CHECK(format_log(report_of({}, {.probes = {grant}, .expectations = {.must_fail = {grant}}}, deepgram::BaseUrl(),
                             std::move(results), false)) ==
        "dgauth check: not as expected: the credential was refused\n");
}

}  // namespace dgauth::checking
