// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "checking/report.hpp"

// A report in the formats that people and programs read. Each lists all probes, is complete with its last newline, and
// is red only for unmet expectations. What a server said stays data in all of them.
namespace dgauth::checking {

enum class ReportFormat : std::uint8_t { text, json, junit, tap, github };

// How the text looks.
struct TextStyle {
  bool has_color = false;
  std::size_t columns = 80;  // that a line may take
};

// The report in `format`; github is the Markdown. `style` matters for text only.
std::string format_report(const CheckReport& report, ReportFormat format, const TextStyle& style = {});

// The format of a report file by its extension: .txt .json .xml .tap .md. nullopt for any other.
std::optional<ReportFormat> format_of_file(std::string_view path);

// `path`, if its extension is one of these, or it has none. ErrorKind::usage for any other; the message begins with a
// predicate.
Result<std::string> parse_report_file(std::string_view path);

// A table for people, between what was checked and what was expected. Its marks and colours tell met, not met and
// nobody asked. A line breaks between words only, and so may be longer than the style says.
std::string format_text(const CheckReport& report, const TextStyle& style);

// One line.
std::string format_json(const CheckReport& report);

// JUnit XML as GitLab and Jenkins read it: a failure for a contradicted expectation, an error for an undecided one,
// skipped as why_skipped() says.
std::string format_junit(const CheckReport& report);

// TAP version 13.
std::string format_tap(const CheckReport& report);

// A table in GitHub's Markdown.
std::string format_markdown(const CheckReport& report);

// For the log of GitHub Actions: one line that says how it ended, then workflow commands: an error for each unmet
// expectation, a warning for each that is undecided but allowed to be.
std::string format_log(const CheckReport& report);

}  // namespace dgauth::checking
