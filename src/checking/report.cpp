// SPDX-License-Identifier: MIT
#include "checking/report.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/text.hpp"
#include "checking/report_formats.hpp"
#include "json/writer.hpp"

namespace dgauth::checking {
namespace {

constexpr std::size_t most_scopes_shown = 8;  // in a table for people

using deepgram::Identity;
using deepgram::ProbeResult;
using deepgram::Verdict;

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

std::string joined(const std::vector<std::string>& words, std::string_view separator) {
  return fmt::format("{}", fmt::join(words, separator));
}

std::string identity_line(const std::optional<Identity>& identity) {
  if (!identity) {
    return "who     not available\n";
  }
  const std::size_t shown = std::min(identity->scopes.size(), most_scopes_shown);
  const std::size_t left = identity->scopes.size() - shown;
  std::string scopes =
      shown == 0 ? "none"
                 : fmt::format("{}", fmt::join(identity->scopes.begin(),
                                               identity->scopes.begin() + static_cast<std::ptrdiff_t>(shown), " "));
  if (left != 0) {
    scopes += fmt::format(" and {} more", left);
  }
  return fmt::format("who     key id {}, scopes {}, created {}\n", identity->key_id.empty() ? "?" : identity->key_id,
                     scopes, identity->created.empty() ? "?" : identity->created);
}

std::string expectation_lines(const CheckReport& report) {
  std::vector<std::string> wanted;
  for (const Expectation& expectation : report.expectations) {
    wanted.push_back(fmt::format("{} {}", expectation.name, name_of(expectation.verdict)));
  }
  std::string text = fmt::format("expect  {}: {}\n", wanted.empty() ? "nothing" : joined(wanted, ", "),
                                 report.unmet.empty() ? "met" : "NOT MET");
  for (const Unmet& each : report.unmet) {
    text += fmt::format("        {}: expected {}, got {}\n", each.name, name_of(each.expected), name_of(each.got));
  }
  return text;
}

std::string as_text(const CheckReport& report, bool has_color) {
  std::string text =
      fmt::format("{} {}{}{} at {}\n\n", report.credential_kind == "api_key" ? "key    " : "token  ",
                  report.source.empty() ? "could not be minted" : without_controls(report.source),
                  report.fingerprint.empty() ? "" : ", fingerprint ", report.fingerprint, report.base_url);
  for (const ProbeResult& result : report.findings.results) {
    const VerdictStyle look = style_of(result.verdict);
    const std::string status = result.http_status ? std::to_string(*result.http_status) : "";
    const bool was_asked = result.verdict != Verdict::skipped;
    const std::string time = was_asked ? fmt::format("{} ms", result.elapsed.count()) : "";
    const Unmet* const unmet = report.unmet_on(result.name);
    const std::string mark = unmet == nullptr ? "" : fmt::format("EXPECTED {}: ", name_of(unmet->expected));
    text +=
        fmt::format("  {}{} {:<9}  {:<7}{}  {:>3}  {:>9}  {}{}\n", has_color ? look.color : "", look.sign, result.name,
                    name_of(result.verdict), has_color ? "\x1b[0m" : "", status, time, mark, result.detail);
  }
  return fmt::format("{}\n{}{}exit    {}\n", text, identity_line(report.findings.identity), expectation_lines(report),
                     static_cast<int>(report.status));
}

void write_probe(json::Writer& writer, const ProbeResult& result) {
  writer.begin_object();
  writer.key("name").string(result.name);
  writer.key("status").string(name_of(result.verdict));
  writer.key("http_status").number_or_null(result.http_status);
  writer.key("detail").string(result.detail);
  writer.key("request_id").string_or_null(result.request_id);
  writer.key("ms").number(result.elapsed.count());
  writer.end_object();
}

void write_identity(json::Writer& writer, const std::optional<Identity>& identity) {
  if (!identity) {
    writer.null();
    return;
  }
  writer.begin_object();
  writer.key("api_key_id").string_or_null(identity->key_id);
  writer.key("scopes").begin_array();
  for (const std::string& scope : identity->scopes) {
    writer.string(scope);
  }
  writer.end_array();
  writer.key("created").string_or_null(identity->created);
  writer.end_object();
}

std::string as_json(const CheckReport& report) {
  json::Writer writer;
  writer.begin_object();
  writer.key("credential").begin_object();
  writer.key("kind").string(report.credential_kind);
  writer.key("source").string_or_null(report.source);
  writer.key("fingerprint").string_or_null(report.fingerprint);
  writer.end_object();
  writer.key("base_url").string(report.base_url);
  writer.key("probes").begin_array();
  for (const ProbeResult& result : report.findings.results) {
    write_probe(writer, result);
  }
  writer.end_array();
  writer.key("identity");
  write_identity(writer, report.findings.identity);
  writer.key("expectations").begin_object();
  writer.key("met").boolean(report.unmet.empty());
  writer.key("unmet").begin_array();
  for (const Unmet& each : report.unmet) {
    writer.begin_object();
    writer.key("name").string(each.name);
    writer.key("expected").string(name_of(each.expected));
    writer.key("got").string(name_of(each.got));
    writer.end_object();
  }
  writer.end_array().end_object();
  writer.key("exit_status").number(static_cast<int>(report.status));
  writer.end_object();
  return std::string(writer.text()) + "\n";
}

}  // namespace

bool CheckReport::is_expected(std::string_view probe) const {
  return std::ranges::find(expectations, probe, &Expectation::name) != expectations.end();
}

const Unmet* CheckReport::unmet_on(std::string_view probe) const {
  const auto found = std::ranges::find(unmet, probe, &Unmet::name);
  return found == unmet.end() ? nullptr : &*found;
}

std::string text_of(const CheckReport& report, ReportFormat format, bool has_color) {
  switch (format) {
    case ReportFormat::text: return as_text(report, has_color);
    case ReportFormat::json: return as_json(report);
    case ReportFormat::junit: return as_junit(report);
    case ReportFormat::tap: return as_tap(report);
    case ReportFormat::github: return as_markdown(report);
  }
  return {};
}

std::string in_words(const CheckReport& report, const ProbeResult& result) {
  const Unmet* const unmet = report.unmet_on(result.name);
  const std::string expected = unmet == nullptr ? "" : fmt::format("expected {}, got ", name_of(unmet->expected));
  return fmt::format("{}{}{}{}", expected, name_of(result.verdict), result.detail.empty() ? "" : ": ", result.detail);
}

}  // namespace dgauth::checking
