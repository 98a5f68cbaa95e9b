// SPDX-License-Identifier: MIT
#include <string>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/shown.hpp"
#include "base/text.hpp"
#include "checking/report_formats.hpp"

namespace dgauth::checking {
namespace {

using deepgram::ProbeResult;

// Any ASCII punctuation may stand behind a backslash in Markdown, and then means itself.
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

std::string format_annotations(const CheckReport& report) {
  std::string text;
  for (const ProbeResult& result : report.results.probes) {
    const bool is_red = report.unmet_on(result.probe) != nullptr;
    if (is_red || (report.expectations.on(result.probe) && !is_decided(result.verdict))) {
      text += fmt::format("::{} title=dgauth check::{}\n", is_red ? "error" : "warning",
                          annotation_escaped(fmt::format("{}: {}", name_of(result.probe), in_words(report, result))));
    }
  }
  return text;
}

std::string_view in_short(const CheckReport& report) {
  return report.status == ExitStatus::ok ? "expectations met" : "not as expected";
}

// "grant (expected fail, got pass), manage (expected fail, got pass)"
std::string unmet_in_words(const CheckReport& report) {
  std::vector<std::string> words;
  for (const Unmet& each : report.unmet) {
    words.push_back(
        fmt::format("{} (expected {}, got {})", name_of(each.probe), name_of(each.expected), name_of(each.got)));
  }
  return words.empty() ? "the credential was refused" : fmt::format("{}", fmt::join(words, ", "));
}

}  // namespace

std::string format_markdown(const CheckReport& report) {
  std::string text = fmt::format(
      "### dgauth check: {}\n\n{} {} at {}\n\n| probe | result | expected | HTTP | ms | detail |\n"
      "|---|---|---|---|---|---|\n",
      in_short(report), markdown_escaped(name_of(report.credential.kind)),
      markdown_escaped(shown_text(report.credential.source)), markdown_escaped(report.base_url));
  for (const ProbeResult& result : report.results.probes) {
    const std::string_view verdict = name_of(result.verdict);
    const bool is_red = report.unmet_on(result.probe) != nullptr;
    const auto expected = report.expectations.on(result.probe);
    text += fmt::format("| {} | {} | {} | {} | {} | {} |\n", name_of(result.probe),
                        is_red ? fmt::format("**{}**", verdict) : verdict, expected ? name_of(*expected) : "",
                        result.http_status ? std::to_string(*result.http_status) : "", result.elapsed.count(),
                        markdown_escaped(result.detail));
  }
  return text;
}

std::string format_log(const CheckReport& report) {
  const std::string what =
      report.status == ExitStatus::ok ? expectations_in_words(report.expectations) : unmet_in_words(report);
  return fmt::format("dgauth check: {}: {}\n{}", in_short(report), what, format_annotations(report));
}

}  // namespace dgauth::checking
