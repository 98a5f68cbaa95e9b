// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "checking/expectations.hpp"
#include "deepgram/probe_run.hpp"

// What `check` found, and the forms in which it is told. Every form has all eight probes, and is red only for
// expectations that are not met.
namespace dgauth::checking {

struct CheckReport {
  std::string credential_kind;  // api_key or access_token
  std::string source{};         // where it came from; empty: there is none, since minting it failed
  std::string fingerprint{};    // empty likewise
  std::string base_url{};
  deepgram::ProbeResults findings{};
  std::vector<Expectation> expectations{};
  std::vector<Unmet> unmet{};
  ExitStatus status = ExitStatus::ok;

  bool is_expected(std::string_view probe) const;
  // The unmet expectation on `probe`, or null. Owned by the report.
  const Unmet* unmet_on(std::string_view probe) const;
};

enum class ReportFormat { text, json, junit, tap, github };

// The report in `format`, complete with its last newline. `has_color` matters for text only; github is the Markdown.
std::string text_of(const CheckReport& report, ReportFormat format, bool has_color);

// Workflow commands for the log of GitHub Actions: an error for each unmet expectation, a warning for each that is
// undecided but allowed to be.
std::string github_annotations(const CheckReport& report);

// "expected pass, got unknown: …" for an unmet expectation on `result`; the result in words otherwise.
std::string in_words(const CheckReport& report, const deepgram::ProbeResult& result);

}  // namespace dgauth::checking
