// SPDX-License-Identifier: MIT
#include "base/whole_number.hpp"

#include <limits>

#include "support/printing.hpp"

namespace dgauth {

TEST_CASE("base::parse_whole_number takes digits within the range, both ends included") {
  CHECK(parse_whole_number("0", 0, 100) == 0);
  CHECK(parse_whole_number("7", 0, 100) == 7);
  CHECK(parse_whole_number("100", 0, 100) == 100);
  CHECK(parse_whole_number("1", 1, 1) == 1);
  CHECK(parse_whole_number("2147483647", 0, std::numeric_limits<int>::max()) == std::numeric_limits<int>::max());
}

TEST_CASE("base::parse_whole_number takes nothing else") {
  using namespace std::string_view_literals;
  constexpr std::string_view rows[] = {
      "",    "101", "2147483648", "99999999999999999999",
      "-1",  "-0",  "+1",         " 1",
      "1 ",  "1\n", "1x",         "x",
      "1.0", "1e1", "0x1",        "00",
      "01",  "-",   "1\0"sv,
  };
  for (const std::string_view row : rows) {
    CAPTURE(row);
    CHECK_FALSE(parse_whole_number(row, 0, 100).has_value());
  }
  CHECK_FALSE(parse_whole_number("0", 1, 100).has_value());
}

}  // namespace dgauth
