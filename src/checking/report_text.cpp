// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cstddef>

#include <fmt/format.h>

#include "base/shown.hpp"
#include "base/text.hpp"
#include "checking/report_formats.hpp"

namespace dgauth::checking {
namespace {

using deepgram::ProbeResult;
using deepgram::Verdict;

constexpr std::size_t max_scopes_shown = 8;

// How a verdict looks on a terminal. The sign and the word are enough without colour.
struct VerdictStyle {
  char sign;
  std::string_view color;
};

VerdictStyle style_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::pass: return {'+', "\x1b[32m"};
    case Verdict::fail: return {'x', "\x1b[31m"};
    case Verdict::unknown: return {'?', "\x1b[33m"};
    case Verdict::skipped: return {'-', "\x1b[2m"};
  }
  return {'?', ""};
}

std::string credential_line(const Subject& credential, std::string_view base_url) {
  return fmt::format("{} {}{}{} at {}\n", credential.kind == deepgram::CredentialKind::api_key ? "key    " : "token  ",
                     credential.source.empty() ? "could not be minted" : shown_text(credential.source),
                     credential.fingerprint.empty() ? "" : ", fingerprint ", credential.fingerprint, base_url);
}

std::string probe_line(const CheckReport& report, const ProbeResult& result, bool has_color) {
  const VerdictStyle style = style_of(result.verdict);
  const std::string status = result.http_status ? std::to_string(*result.http_status) : "";
  const bool was_asked = result.verdict != Verdict::skipped;
  const std::string time = was_asked ? fmt::format("{} ms", result.elapsed.count()) : "";
  const Unmet* const unmet = report.unmet_on(result.probe);
  const std::string mark = unmet == nullptr ? "" : fmt::format("EXPECTED {}: ", name_of(unmet->expected));
  return fmt::format("  {}{} {:<9}  {:<7}{}  {:>3}  {:>9}  {}{}\n", has_color ? style.color : "", style.sign,
                     name_of(result.probe), name_of(result.verdict), has_color ? "\x1b[0m" : "", status, time, mark,
                     result.detail);
}

std::string scopes_in_words(const std::vector<std::string>& scopes) {
  if (scopes.empty()) {
    return "none";
  }
  const std::size_t shown = std::min(scopes.size(), max_scopes_shown);
  const auto end = scopes.begin() + static_cast<std::ptrdiff_t>(shown);
  const std::string more = shown == scopes.size() ? "" : fmt::format(" and {} more", scopes.size() - shown);
  return fmt::format("{}{}", fmt::join(scopes.begin(), end, " "), more);
}

std::string identity_line(const std::optional<deepgram::Identity>& identity) {
  if (!identity) {
    return "who     not available\n";
  }
  return fmt::format("who     key id {}, scopes {}, created {}\n", identity->key_id.empty() ? "?" : identity->key_id,
                     scopes_in_words(identity->scopes), identity->created.empty() ? "?" : identity->created);
}

std::string expectation_lines(const CheckReport& report) {
  std::string text = fmt::format("expect  {}: {}\n", expectations_in_words(report.expectations),
                                 report.unmet.empty() ? "met" : "NOT MET");
  for (const Unmet& each : report.unmet) {
    text += fmt::format("        {}: expected {}, got {}\n", name_of(each.probe), name_of(each.expected),
                        name_of(each.got));
  }
  return text;
}

}  // namespace

std::string format_text(const CheckReport& report, bool has_color) {
  std::string text = credential_line(report.credential, report.base_url) + "\n";
  for (const ProbeResult& result : report.results.probes) {
    text += probe_line(report, result, has_color);
  }
  text += "\n" + identity_line(report.results.identity) + expectation_lines(report);
  return text + fmt::format("exit    {}\n", static_cast<int>(report.status));
}

}  // namespace dgauth::checking
