// SPDX-License-Identifier: MIT
#include "options/declaration.hpp"

#include <array>

#include "support/printing.hpp"

namespace dgauth::options {
namespace {

Option named(std::string_view names) {
  Option option;
  option.names = names;
  return option;
}

Result<std::array<int, 2>> twice(std::string_view text) {
  if (text == "bad") {
    return fail(ErrorKind::usage, "is bad");
  }
  const int number = static_cast<int>(text.size());
  return std::array<int, 2>{number, number};
}

}  // namespace

TEST_CASE("options: the names of an option and of an argument") {
  const Option both = named("-c,--config");
  CHECK(long_name(both) == "--config");
  CHECK(short_name(both) == "-c");
  CHECK(shown_name(both) == "--config");
  CHECK(is_named(both, "--config"));
  CHECK(is_named(both, "-c"));
  for (const std::string_view other : {"", "-", "c", "config", "--conf", "-c,--config", "--configs"}) {
    CHECK_FALSE(is_named(both, other));
  }
  const Option long_only = named("--ttl");
  CHECK(long_name(long_only) == "--ttl");
  CHECK(short_name(long_only) == "");
  CHECK_FALSE(is_named(long_only, ""));
  const Option argument = named("URL");
  CHECK(long_name(argument) == "");
  CHECK(short_name(argument) == "");
  CHECK(shown_name(argument) == "URL");
  CHECK_FALSE(is_named(argument, "URL"));
}

TEST_CASE("options: what a setter takes, and what it leaves alone") {
  std::string text = "before";
  CHECK(text_into(text)("after").has_value());
  CHECK(text == "after");
  CHECK(text_into(text)("").error().message == "is empty");
  CHECK(text_into(text)("--after").error().message == "needs a value");
  CHECK(text == "after");
  CHECK(text_into(text)("-").has_value());

  bool flag = false;
  CHECK(flag_into(flag)("").has_value());
  CHECK(flag);

  std::vector<int> list = {7};
  CHECK(appended_to(list, twice)("abc").has_value());
  CHECK(appended_to(list, twice)("bad").error().message == "is bad");
  CHECK(appended_to(list, twice)("").error().message == "is empty");
  CHECK(list == std::vector<int>{7, 3, 3});

  std::chrono::seconds duration(0);
  CHECK(parsed_into(duration, parse_duration_option)("2m").has_value());
  CHECK(duration == std::chrono::minutes(2));
  CHECK(parsed_into(duration, parse_duration_option)("soon").error().message.starts_with(
      "must be 1 second to 7 days, for example 60"));
  CHECK(duration == std::chrono::minutes(2));
}

}  // namespace dgauth::options
