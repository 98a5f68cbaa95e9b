// SPDX-License-Identifier: MIT
#include <algorithm>
#include <chrono>
#include <cstddef>

#include <fmt/format.h>

#include "base/utf8.hpp"
#include "checking/report_formats.hpp"

namespace dgauth::checking {
namespace {

using deepgram::ProbeResult;

double in_seconds(std::chrono::milliseconds duration) { return std::chrono::duration<double>(duration).count(); }

// For text and attribute values. Of the characters that XML 1.0 cannot hold at all, U+FFFE and U+FFFF can get here.
std::string escaped(std::string_view text) {
  std::string escaped;
  while (!text.empty()) {
    const Utf8Char next = first_utf8_char(text).value_or(Utf8Char{0xFFFE, 1});
    const bool is_not_xml = next.code_point < 0x20 || next.code_point == 0xFFFE || next.code_point == 0xFFFF;
    switch (next.code_point) {
      case '&': escaped += "&amp;"; break;
      case '<': escaped += "&lt;"; break;
      case '>': escaped += "&gt;"; break;
      case '"': escaped += "&quot;"; break;
      default: escaped += is_not_xml ? std::string_view("?") : text.substr(0, next.size);
    }
    text.remove_prefix(next.size);
  }
  return escaped;
}

// What follows the attributes of a <testcase>.
std::string outcome(const CheckReport& report, const ProbeResult& result) {
  const std::string words = escaped(in_words(report, result));
  if (const Unmet* const unmet = report.unmet_on(result.probe)) {
    const std::string_view element = unmet->is_contradicted() ? "failure" : "error";
    return fmt::format("><{0} message=\"{1}\">{1}</{0}></testcase>", element, words);
  }
  const std::string_view why = why_skipped(report, result);
  return why.empty() ? "/>" : fmt::format("><skipped message=\"{}; {}\"/></testcase>", why, words);
}

}  // namespace

std::string format_junit(const CheckReport& report) {
  std::string cases;
  std::chrono::milliseconds slowest{0};
  std::size_t skipped = 0;
  for (const ProbeResult& result : report.results.probes) {
    skipped += why_skipped(report, result).empty() ? 0U : 1U;
    slowest = std::max(slowest, result.elapsed);
    cases += fmt::format("    <testcase classname=\"dgauth.check\" name=\"{}\" time=\"{:.3f}\"{}\n",
                         name_of(result.probe), in_seconds(result.elapsed), outcome(report, result));
  }
  const auto failures = std::ranges::count_if(report.unmet, &Unmet::is_contradicted);
  const std::string counts =
      fmt::format("name=\"dgauth check\" tests=\"{}\" failures=\"{}\" errors=\"{}\" skipped=\"{}\" time=\"{:.3f}\"",
                  report.results.probes.size(), failures, static_cast<std::ptrdiff_t>(report.unmet.size()) - failures,
                  skipped, in_seconds(slowest));
  return fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites {0}>\n  <testsuite {0}>\n{1}  </testsuite>\n"
      "</testsuites>\n",
      counts, cases);
}

}  // namespace dgauth::checking
