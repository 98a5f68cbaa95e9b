// SPDX-License-Identifier: MIT
#include "checking/report.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace dgauth::checking {

using deepgram::CredentialKind;

namespace {

constexpr std::string_view too_many_rights =
    "this key can do more than expected: create one with the role Default (Deepgram console > API Keys > Create Key)";
constexpr std::string_view only_for_voice =
    "temporary tokens only work with the voice APIs: they cannot mint or manage; use --auth key to test the key";
constexpr std::string_view new_token_refused =
    "the token is new, so it cannot have expired: use --auth key to test the key";

// Whether the role Default lacks what it takes to pass.
bool needs_member(deepgram::ProbeId probe) {
  return probe == deepgram::ProbeId::grant || probe == deepgram::ProbeId::manage;
}

std::string_view advice_on_unmet(const Subject& credential, const deepgram::ProbeResult& result) {
  if (credential.kind == CredentialKind::access_token && result.verdict == deepgram::Verdict::fail &&
      needs_member(result.probe)) {
    return only_for_voice;
  }
  // What the service's refusal of a token calls for is a new one.
  return credential.is_new_token && result.is_credential_refused ? new_token_refused : std::string_view(result.advice);
}

// Whether the key can do what only more than the role Default can, and is expected to do nothing of that kind.
bool has_too_many_rights(const CheckReport& report) {
  const bool is_member_expected = report.expectations.must_pass.has(deepgram::ProbeId::grant) ||
                                  report.expectations.must_pass.has(deepgram::ProbeId::manage);
  return report.credential.kind == CredentialKind::api_key && !is_member_expected &&
         std::ranges::any_of(report.unmet, [](const Unmet& each) {
           return each.got == deepgram::Verdict::pass && needs_member(each.probe);
         });
}

}  // namespace

const Unmet* CheckReport::unmet_on(deepgram::ProbeId probe) const {
  const auto found = std::ranges::find(unmet, probe, &Unmet::probe);
  return found == unmet.end() ? nullptr : &*found;
}

CheckReport report_of(Subject credential, const CheckPlan& plan, const deepgram::BaseUrl& base_url,
                      deepgram::ProbeResults results, bool allow_unknown) {
  CheckReport report{.credential = std::move(credential),
                     .base_url = base_url.text(),
                     .results = std::move(results),
                     .expectations = plan.expectations};
  report.unmet = unmet(report.expectations, report.results.probes, allow_unknown);
  report.status = status_of(report.results.probes, report.unmet, report.credential.is_new_token);
  return report;
}

CheckReport report_without_token(const CheckPlan& plan, const deepgram::BaseUrl& base_url, const Error& error) {
  CheckReport report = report_of({.kind = CredentialKind::access_token}, plan, base_url,
                                 deepgram::nothing_probed("no token could be minted"), false);
  report.status = exit_status_of(error.kind);
  return report;
}

bool is_failed_mint(const Error& error) {
  return error.kind != ErrorKind::usage && error.kind != ErrorKind::config && error.kind != ErrorKind::no_credential;
}

std::string in_words(const CheckReport& report, const deepgram::ProbeResult& result) {
  const Unmet* const unmet = report.unmet_on(result.probe);
  const std::string expected = unmet == nullptr ? "" : fmt::format("expected {}, got ", name_of(unmet->expected));
  return fmt::format("{}{}{}{}", expected, name_of(result.verdict), result.detail.empty() ? "" : ": ", result.detail);
}

std::string_view why_skipped(const CheckReport& report, const deepgram::ProbeResult& result) {
  if (!report.expectations.on(result.probe)) {
    return result.verdict == deepgram::Verdict::pass ? "" : "nothing expected";
  }
  return report.unmet_on(result.probe) == nullptr && !is_decided(result.verdict) ? "allowed" : "";
}

std::vector<std::string> advice_on(const CheckReport& report) {
  std::vector<std::string> all;
  const auto add = [&all](std::string_view advice) {
    if (!advice.empty() && std::ranges::find(all, advice) == all.end()) {
      all.emplace_back(advice);
    }
  };
  for (const deepgram::ProbeResult& result : report.results.probes) {
    const bool is_unmet = report.unmet_on(result.probe) != nullptr;
    const bool is_refused = report.status == ExitStatus::refused && result.is_credential_refused;
    if (is_unmet) {
      add(advice_on_unmet(report.credential, result));
    } else if (is_refused) {
      add(result.advice);
    }
  }
  add(has_too_many_rights(report) ? too_many_rights : "");
  return all;
}

std::string expectations_in_words(const Expectations& expectations) {
  std::vector<std::string> words;
  for (const deepgram::Probe& probe : deepgram::all_probes()) {
    if (const std::optional<deepgram::Verdict> verdict = expectations.on(probe.id)) {
      words.push_back(fmt::format("{} {}", probe.name, name_of(*verdict)));
    }
  }
  return words.empty() ? "nothing" : fmt::format("{}", fmt::join(words, ", "));
}

std::string_view name_of(CredentialKind kind) {
  switch (kind) {
    case CredentialKind::api_key: return "api_key";
    case CredentialKind::access_token: return "access_token";
    case CredentialKind::none: return "none";
  }
  return "none";
}

}  // namespace dgauth::checking
