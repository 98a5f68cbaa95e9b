// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include "checking/report_formats.hpp"

namespace dgauth::checking {
namespace {

// A backslash keeps `#` from beginning a directive.
std::string escaped(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    escaped += c == '#' || c == '\\' ? std::string{'\\', c} : std::string(1, c);
  }
  return escaped;
}

}  // namespace

std::string format_tap(const CheckReport& report) {
  std::string text = fmt::format("TAP version 13\n1..{}\n", report.results.probes.size());
  std::size_t number = 0;
  for (const deepgram::ProbeResult& result : report.results.probes) {
    const bool is_red = report.unmet_on(result.probe) != nullptr;
    const std::string_view why = why_skipped(report, result);
    const std::string separator = why.empty() ? " - " : fmt::format(" # SKIP {}; ", why);
    text += fmt::format("{} {} - {}{}{}\n", is_red ? "not ok" : "ok", ++number, name_of(result.probe), separator,
                        escaped(in_words(report, result)));
  }
  return text;
}

}  // namespace dgauth::checking
