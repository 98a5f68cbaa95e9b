// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cstddef>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/shown.hpp"
#include "base/utf8.hpp"
#include "checking/report_formats.hpp"

namespace dgauth::checking {
namespace {

using deepgram::ProbeResult;
using deepgram::Verdict;

constexpr std::size_t max_scopes_shown = 8;
constexpr std::size_t fewest_columns = 72;        // narrower lines would break everywhere
constexpr std::size_t indent_of_more = 10;        // of what does not fit on the line of a label
constexpr std::string_view no_color = "\x1b[0m";  // ends every colour

// How it looks whether a probe came out as expected. The mark is enough without colour.
struct MarkStyle {
  char mark;
  std::string_view color;
};

MarkStyle style_of(const CheckReport& report, const ProbeResult& result) {
  if (!report.expectations.on(result.probe)) {
    return {'-', "\x1b[2m"};
  }
  return report.unmet_on(result.probe) == nullptr ? MarkStyle{'+', "\x1b[32m"} : MarkStyle{'x', "\x1b[31m"};
}

// Not one that a CI runner takes for a command: a server may have said it.
bool may_begin_line(std::string_view word) { return !word.starts_with(':') && !word.starts_with('#'); }

// `text` behind `begin`, its lines broken between words where they would be longer than `columns`, and indented from
// the second on.
std::string wrapped(std::string_view begin, std::string_view text, std::size_t indent, std::size_t columns) {
  std::string lines(begin);
  std::size_t column = count_code_points(begin);
  bool is_first = true;  // word of its line
  while (!text.empty()) {
    const std::string_view word = text.substr(0, text.find(' '));
    text.remove_prefix(std::min(word.size() + 1, text.size()));
    const std::size_t width = count_code_points(word);
    if (!is_first && column + 1 + width > columns && may_begin_line(word)) {
      lines += "\n" + std::string(indent, ' ');
      column = indent;
      is_first = true;
    }
    lines.append(is_first ? "" : " ").append(word);
    column += width + (is_first ? 0 : 1);
    is_first = false;
  }
  return lines.substr(0, lines.find_last_not_of(' ') + 1) + "\n";
}

std::string credential_line(const Subject& credential, std::string_view base_url, std::size_t columns) {
  const bool is_key = credential.kind == deepgram::CredentialKind::api_key;
  const std::string text =
      fmt::format("{}{}{} at {}", credential.source.empty() ? "could not be minted" : shown_text(credential.source),
                  credential.fingerprint.empty() ? "" : ", fingerprint ", credential.fingerprint, base_url);
  return wrapped(is_key ? "key     " : "token   ", text, indent_of_more, columns);
}

// Whether it passed by a 400, which looks like a failure.
bool is_accepted_400(const ProbeResult& result) { return result.verdict == Verdict::pass && result.http_status == 400; }

std::string probe_line(const CheckReport& report, const ProbeResult& result, const TextStyle& style) {
  const MarkStyle mark = style_of(report, result);
  const std::optional<Verdict> expected = report.expectations.on(result.probe);
  const std::string cells =
      fmt::format("  {:<6}  {:>4}{} {:>5}  ", expected ? name_of(*expected) : "",
                  result.http_status ? std::to_string(*result.http_status) : "", is_accepted_400(result) ? '*' : ' ',
                  result.verdict == Verdict::skipped ? "" : std::to_string(result.elapsed.count()));
  const std::string verdict =
      fmt::format("  {} {:<9}  {:<7}", mark.mark, name_of(result.probe), name_of(result.verdict));
  const std::string detail =
      why_skipped(report, result) == "allowed" ? fmt::format("allowed: {}", result.detail) : result.detail;
  const std::size_t indent = verdict.size() + cells.size();
  std::string line = wrapped(verdict + cells, detail, indent, style.columns);
  if (style.has_color) {
    line.insert(verdict.size(), no_color);
    line.insert(2, mark.color);
  }
  return line;
}

std::string table(const CheckReport& report, const TextStyle& style) {
  std::string text = "    probe      result   expect  HTTP     ms  detail\n";
  for (const ProbeResult& result : report.results.probes) {
    text += probe_line(report, result, style);
  }
  text += "\n        + as expected, x not as expected, - nothing expected\n";
  if (std::ranges::any_of(report.results.probes, is_accepted_400)) {
    text += wrapped("        * ",
                    "400 means accepted: the request is empty on purpose, and the same request with an invalid key was "
                    "refused",
                    indent_of_more, style.columns);
  }
  return text;
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

std::string identity_in_words(const std::optional<deepgram::Identity>& identity) {
  if (!identity) {
    return "not available";
  }
  return fmt::format("key id {}, scopes {}, created {}", identity->key_id.empty() ? "?" : identity->key_id,
                     scopes_in_words(identity->scopes), identity->created.empty() ? "?" : identity->created);
}

std::string expectation_lines(const CheckReport& report, std::size_t columns) {
  std::string text = wrapped(
      "expect  ",
      fmt::format("{}: {}", expectations_in_words(report.expectations), report.unmet.empty() ? "met" : "NOT MET"),
      indent_of_more, columns);
  for (const Unmet& each : report.unmet) {
    text += fmt::format("        {}: expected {}, got {}\n", name_of(each.probe), name_of(each.expected),
                        name_of(each.got));
  }
  return text;
}

}  // namespace

std::string format_text(const CheckReport& report, const TextStyle& style) {
  const TextStyle fit{.has_color = style.has_color, .columns = std::max(style.columns, fewest_columns)};
  std::string text =
      credential_line(report.credential, report.base_url, fit.columns) + "\n" + table(report, fit) + "\n" +
      wrapped("who     ", identity_in_words(report.results.identity), indent_of_more, fit.columns) +
      expectation_lines(report, fit.columns) + fmt::format("exit    {}\n", static_cast<int>(report.status));
  for (const std::string& advice : advice_on(report)) {
    text += wrapped("hint    ", shown_text(advice), indent_of_more, fit.columns);
  }
  return text;
}

}  // namespace dgauth::checking
