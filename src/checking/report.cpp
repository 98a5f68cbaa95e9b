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
                                 deepgram::nothing_probed("there is no token to probe with"), false);
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
  const bool is_key = report.credential.kind == CredentialKind::api_key;
  for (const deepgram::ProbeResult& result : report.results.probes) {
    const bool is_unmet = report.unmet_on(result.probe) != nullptr;
    const bool is_refused = report.status == ExitStatus::refused && result.is_credential_refused;
    add(is_unmet || is_refused ? result.advice : "");
    const bool needs_member = result.probe == deepgram::ProbeId::grant || result.probe == deepgram::ProbeId::manage;
    add(is_unmet && result.verdict == deepgram::Verdict::pass && needs_member && is_key ? too_many_rights : "");
  }
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
