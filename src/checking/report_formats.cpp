// SPDX-License-Identifier: MIT
#include "checking/report_formats.hpp"

#include <array>
#include <utility>

#include "base/text.hpp"

namespace dgauth::checking {
namespace {

constexpr std::array<std::pair<std::string_view, ReportFormat>, 5> formats_by_extension = {{
    {".txt", ReportFormat::text},
    {".json", ReportFormat::json},
    {".xml", ReportFormat::junit},
    {".tap", ReportFormat::tap},
    {".md", ReportFormat::github},
}};

}  // namespace

std::string format_report(const CheckReport& report, ReportFormat format, const TextStyle& style) {
  switch (format) {
    case ReportFormat::text: return format_text(report, style);
    case ReportFormat::json: return format_json(report);
    case ReportFormat::junit: return format_junit(report);
    case ReportFormat::tap: return format_tap(report);
    case ReportFormat::github: return format_markdown(report);
  }
  return {};
}

std::optional<ReportFormat> format_of_file(std::string_view path) {
  for (const auto& [extension, format] : formats_by_extension) {
    if (path.ends_with(extension)) {
      return format;
    }
  }
  return std::nullopt;
}

Result<std::string> parse_report_file(std::string_view path) {
  const bool has_extension = after_last(path, '/').find('.') != std::string_view::npos;
  if (has_extension && !format_of_file(path)) {
    return fail(ErrorKind::usage, "must end in .xml, .json, .tap, .md or .txt",
                "without an extension the report has the format of -o");
  }
  return std::string(path);
}

}  // namespace dgauth::checking
