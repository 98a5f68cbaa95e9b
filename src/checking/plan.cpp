// SPDX-License-Identifier: MIT
#include "checking/plan.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "deepgram/probe_run.hpp"

namespace dgauth::checking {
namespace {

using deepgram::ProbeId;
using deepgram::ProbeSet;

constexpr ProbeId minting_probe = ProbeId::grant;

Expectations expectations_of(const CheckWishes& wishes) {
  if (!wishes.expect.empty() || !wishes.expect_not.empty()) {
    return {.must_pass = wishes.expect, .must_fail = wishes.expect_not};
  }
  const bool is_key = wishes.credential == deepgram::CredentialKind::api_key;
  const ProbeSet usual = is_key ? ProbeSet{ProbeId::grant, ProbeId::listen} : ProbeSet{ProbeId::listen};
  const ProbeSet expected = wishes.probes.empty() ? usual : wishes.probes;
  return {.must_pass = wishes.no_mint ? expected - ProbeSet{minting_probe} : expected};
}

std::string_view first_name(ProbeSet probes) { return name_of(probes.ids().front()); }

}  // namespace

Result<CheckPlan> plan_check(const CheckWishes& wishes) {
  CheckPlan plan{.probes = wishes.probes.empty() ? ProbeSet::all() : wishes.probes,
                 .expectations = expectations_of(wishes)};
  if (wishes.no_mint) {
    plan.probes = plan.probes - ProbeSet{minting_probe};
  }
  if (plan.probes.empty()) {
    return fail(ErrorKind::usage, "--no-mint leaves no probe to run");
  }
  const auto& [must_pass, must_fail] = plan.expectations;
  if (const ProbeSet both = must_pass & must_fail; !both.empty()) {
    return fail(ErrorKind::usage, fmt::format("{} is expected both to pass and to fail", first_name(both)));
  }
  if (const ProbeSet left_out = (must_pass | must_fail) - plan.probes; !left_out.empty()) {
    return fail(ErrorKind::usage,
                fmt::format("{} has an expectation but is not among the probes", first_name(left_out)),
                "add it to --probe, or leave out --no-mint");
  }
  return plan;
}

std::vector<http::Request> requests_of(const CheckPlan& plan, const deepgram::BaseUrl& base_url) {
  std::vector<http::Request> requests;
  for (const ProbeId id : plan.probes.ids()) {
    requests.push_back(deepgram::probe_request(deepgram::probe_of(id), base_url));
  }
  requests.push_back(deepgram::identity_request(base_url));
  return requests;
}

}  // namespace dgauth::checking
