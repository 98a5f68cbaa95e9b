// SPDX-License-Identifier: MIT
#include "checking/report_formats.hpp"

#include <algorithm>
#include <chrono>

#include <fmt/format.h>

#include "base/text.hpp"
#include "base/utf8.hpp"

namespace dgauth::checking {
namespace {

using deepgram::ProbeResult;
using deepgram::Verdict;

double in_seconds(std::chrono::milliseconds duration) { return std::chrono::duration<double>(duration).count(); }

// For text and attribute values. Of the characters that XML 1.0 cannot hold at all, U+FFFE and U+FFFF can get here.
std::string xml_escaped(std::string_view text) {
  std::string escaped;
  while (!text.empty()) {
    const Utf8Char next = first_utf8_char(text).value_or(Utf8Char{0xFFFE, 1});
    const bool is_no_xml = next.code_point < 0x20 || next.code_point == 0xFFFE || next.code_point == 0xFFFF;
    switch (next.code_point) {
      case '&': escaped += "&amp;"; break;
      case '<': escaped += "&lt;"; break;
      case '>': escaped += "&gt;"; break;
      case '"': escaped += "&quot;"; break;
      default: escaped += is_no_xml ? std::string_view("?") : text.substr(0, next.size);
    }
    text.remove_prefix(next.size);
  }
  return escaped;
}

std::string junit_outcome(const CheckReport& report, const ProbeResult& result) {
  const std::string words = xml_escaped(in_words(report, result));
  if (const Unmet* const unmet = report.unmet_on(result.name)) {
    const std::string_view element = unmet->is_contradicted() ? "failure" : "error";
    return fmt::format("><{0} message=\"{1}\">{1}</{0}></testcase>\n", element, words);
  }
  if (!report.is_expected(result.name)) {
    return fmt::format("><skipped message=\"nothing expected; {}\"/></testcase>\n", words);
  }
  const bool is_decided = result.verdict == Verdict::pass || result.verdict == Verdict::fail;
  return is_decided ? "/>\n" : fmt::format("><skipped message=\"allowed; {}\"/></testcase>\n", words);
}

// A backslash keeps `#` from beginning a directive.
std::string tap_escaped(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    escaped += c == '#' || c == '\\' ? std::string{'\\', c} : std::string(1, c);
  }
  return escaped;
}

// Any ASCII punctuation may stand behind a backslash in Markdown, and is itself then.
std::string markdown_escaped(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    const bool is_punctuation =
        (c >= '!' && c <= '/') || (c >= ':' && c <= '@') || (c >= '[' && c <= '`') || (c >= '{' && c <= '~');
    escaped += is_punctuation ? std::string{'\\', c} : std::string(1, c);
  }
  return escaped;
}

// What GitHub's runner turns back in the message of a workflow command.
std::string annotation_escaped(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    switch (c) {
      case '%': escaped += "%25"; break;
      case '\r': escaped += "%0D"; break;
      case '\n': escaped += "%0A"; break;
      default: escaped += c;
    }
  }
  return escaped;
}

std::string_view expectation_on(const CheckReport& report, std::string_view probe) {
  const auto found = std::ranges::find(report.expectations, probe, &Expectation::name);
  return found == report.expectations.end() ? "" : name_of(found->verdict);
}

}  // namespace

std::string as_junit(const CheckReport& report) {
  std::string cases;
  std::chrono::milliseconds slowest{0};
  std::size_t skipped = 0;
  for (const ProbeResult& result : report.findings.results) {
    const std::string outcome = junit_outcome(report, result);
    skipped += outcome.starts_with("><skipped") ? 1U : 0U;
    slowest = std::max(slowest, result.elapsed);
    cases += fmt::format("    <testcase classname=\"dgauth.check\" name=\"{}\" time=\"{:.3f}\"{}", result.name,
                         in_seconds(result.elapsed), outcome);
  }
  const auto failures = std::ranges::count_if(report.unmet, &Unmet::is_contradicted);
  const std::string counts =
      fmt::format("name=\"dgauth check\" tests=\"{}\" failures=\"{}\" errors=\"{}\" skipped=\"{}\" time=\"{:.3f}\"",
                  report.findings.results.size(), failures, static_cast<std::ptrdiff_t>(report.unmet.size()) - failures,
                  skipped, in_seconds(slowest));
  return fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites {0}>\n  <testsuite {0}>\n{1}  </testsuite>\n"
      "</testsuites>\n",
      counts, cases);
}

std::string as_tap(const CheckReport& report) {
  std::string text = fmt::format("TAP version 13\n1..{}\n", report.findings.results.size());
  std::size_t number = 0;
  for (const ProbeResult& result : report.findings.results) {
    const bool is_red = report.unmet_on(result.name) != nullptr;
    const std::string words = tap_escaped(in_words(report, result));
    const std::string_view separator = report.is_expected(result.name) ? " - " : " # SKIP nothing expected; ";
    text += fmt::format("{} {} - {}{}{}\n", is_red ? "not ok" : "ok", ++number, result.name, separator, words);
  }
  return text;
}

std::string as_markdown(const CheckReport& report) {
  std::string text = fmt::format(
      "### dgauth check: {}\n\n{} {} at {}\n\n| probe | result | expected | HTTP | ms | detail |\n"
      "|---|---|---|---|---|---|\n",
      report.status == ExitStatus::ok ? "expectations met" : "not as expected",
      markdown_escaped(report.credential_kind), markdown_escaped(without_controls(report.source)),
      markdown_escaped(report.base_url));
  for (const ProbeResult& result : report.findings.results) {
    const std::string_view verdict = name_of(result.verdict);
    const bool is_red = report.unmet_on(result.name) != nullptr;
    text +=
        fmt::format("| {} | {} | {} | {} | {} | {} |\n", result.name, is_red ? fmt::format("**{}**", verdict) : verdict,
                    expectation_on(report, result.name), result.http_status ? std::to_string(*result.http_status) : "",
                    result.elapsed.count(), markdown_escaped(result.detail));
  }
  return text;
}

std::string github_annotations(const CheckReport& report) {
  std::string text;
  for (const ProbeResult& result : report.findings.results) {
    const bool is_decided = result.verdict == Verdict::pass || result.verdict == Verdict::fail;
    const bool is_red = report.unmet_on(result.name) != nullptr;
    if (is_red || (report.is_expected(result.name) && !is_decided)) {
      text += fmt::format("::{} title=dgauth check::{}\n", is_red ? "error" : "warning",
                          annotation_escaped(fmt::format("{}: {}", result.name, in_words(report, result))));
    }
  }
  return text;
}

}  // namespace dgauth::checking
