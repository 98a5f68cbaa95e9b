// SPDX-License-Identifier: MIT
#include "checking/report_formats.hpp"
#include "support/checking_printing.hpp"

namespace dgauth::checking {

TEST_CASE("checking::parse_report_file: a known extension or none") {
  for (const std::string_view path :
       {"r.txt", "a.b/r.json", "r.xml", ".tap", "a.csv.md", "report", "a.b/report", "/dev/fd/3"}) {
    CAPTURE(path);
    CHECK(parse_report_file(path) == std::string(path));
  }
  for (const std::string_view path : {"r.csv", "a.xml.bak", ".json.d", "r.XML", "r.", "x/..", "r.xml/.log"}) {
    CAPTURE(path);
    const Result<std::string> parsed = parse_report_file(path);
    REQUIRE_FALSE(parsed.has_value());
    CHECK(parsed.error().kind == ErrorKind::usage);
    CHECK(parsed.error().message == "must end in .xml, .json, .tap, .md or .txt");
    CHECK(parsed.error().hint == "without an extension the report has the format of -o");
  }
}

}  // namespace dgauth::checking
