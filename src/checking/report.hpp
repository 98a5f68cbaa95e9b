// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "base/exit_status.hpp"
#include "checking/expectations.hpp"
#include "checking/plan.hpp"
#include "deepgram/base_url.hpp"
#include "deepgram/credential.hpp"
#include "deepgram/probe_run.hpp"

namespace dgauth::checking {

// The credential that was checked.
struct Subject {
  deepgram::CredentialKind kind = deepgram::CredentialKind::api_key;
  std::string source{};       // where it came from; empty if there is none, since minting it failed
  std::string fingerprint{};  // empty likewise
  bool is_new_token = false;  // minted by this run

  bool operator==(const Subject&) const = default;
};

// What a check found out.
struct CheckReport {
  Subject credential{};
  std::string base_url{};
  deepgram::ProbeResults results{};
  Expectations expectations{};
  std::vector<Unmet> unmet{};
  ExitStatus status = ExitStatus::ok;

  // The unmet expectation on `probe`, or null. Owned by the report.
  const Unmet* unmet_on(deepgram::ProbeId probe) const;
};

// The report on `results` of a check with `plan`: which expectations they do not meet, and the exit status.
CheckReport report_of(Subject credential, const CheckPlan& plan, const deepgram::BaseUrl& base_url,
                      deepgram::ProbeResults results, bool allow_unknown);

// The report of a check whose token could not be minted: every probe is skipped. The status is that of `error`.
CheckReport report_without_token(const CheckPlan& plan, const deepgram::BaseUrl& base_url, const Error& error);

// Whether `error` is one of a mint that was tried, so that there is something to report.
bool is_failed_mint(const Error& error);

// "expected pass, got unknown: …" for an unmet expectation on the probe of `result`; else "pass: …".
std::string in_words(const CheckReport& report, const deepgram::ProbeResult& result);

// Why a format that has no other word for it calls the outcome of `result` skipped: "nothing expected" of a probe that
// did not pass, or "allowed". Empty for what passes or fails.
std::string_view why_skipped(const CheckReport& report, const deepgram::ProbeResult& result);

// What to do about a credential that was refused and about the expectations that are not met: each advice once.
std::vector<std::string> advice_on(const CheckReport& report);

// "grant pass, manage fail"; "nothing" without expectations.
std::string expectations_in_words(const Expectations& expectations);

// "api_key" or "access_token".
std::string_view name_of(deepgram::CredentialKind kind);

}  // namespace dgauth::checking
