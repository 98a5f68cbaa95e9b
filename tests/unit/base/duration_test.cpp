// SPDX-License-Identifier: MIT
#include "base/duration.hpp"

#include "support/printing.hpp"

namespace dgauth {

using namespace std::chrono_literals;

TEST_CASE("base::parse_duration takes whole seconds or one unit") {
  struct Row {
    std::string_view text;
    std::chrono::seconds duration;
  };
  constexpr Row rows[] = {
      {"1", 1s},      {"9", 9s},        {"10", 10s},       {"60", 60s},         {"3600", 3600s}, {"1s", 1s},
      {"60s", 60s},   {"1m", 60s},      {"5m", 300s},      {"90m", 5400s},      {"1h", 3600s},   {"24h", 86400s},
      {"168h", 168h}, {"10080m", 168h}, {"604800s", 168h}, {"604800", 604800s},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(parse_duration(row.text) == row.duration);
  }
}

TEST_CASE("base::parse_duration takes nothing else") {
  using namespace std::string_view_literals;
  constexpr std::string_view rows[] = {
      "",
      "0",
      "0s",
      "0m",
      "0h",
      "00",
      "060",
      "01m",
      "-1",
      "+1",
      "-0",
      " 60",
      "60 ",
      "6 0",
      "60 s",
      "\t60",
      "60\n",
      "1.5",
      "1.0",
      ".5",
      "5.",
      "1e2",
      "1E2",
      "0x3c",
      "0b1",
      "0o7",
      "1'000",
      "1,000",
      "1_000",
      "60S",
      "5M",
      "1H",
      "1d",
      "1w",
      "1ms",
      "60ss",
      "1h30m",
      "1m30",
      "s",
      "m",
      "h",
      "nan",
      "inf",
      "sixty",
      "３０",
      "６０s",
      "٣٠",
      "60\0"sv,
      "\0"sv,
      "60s\0"sv,
      "604801",
      "169h",
      "10081m",
      "604801s",
      "2147483647",
      "2147483648",
      "4294967356",
      "9223372036854775807",
      "9223372036854775808",
      "18446744073709551676",
      "99999999999999999999999999999999999999999999999999999999",
      "2147483647h",
      "5124095576030431h",
  };
  for (const std::string_view text : rows) {
    CAPTURE(text);
    CHECK(parse_duration(text) == std::nullopt);
  }
}

TEST_CASE("base::parse_duration ends at the end of the view, not of the buffer") {
  constexpr std::string_view buffer = "600h";
  CHECK(parse_duration(buffer.substr(0, 2)) == 60s);
  CHECK(parse_duration(buffer.substr(0, 0)) == std::nullopt);
}

}  // namespace dgauth
