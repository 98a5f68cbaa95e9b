// SPDX-License-Identifier: MIT
#include "base/utf8.hpp"

#include "support/printing.hpp"

namespace dgauth {
namespace {

using namespace std::string_view_literals;

// What is no well-formed sequence, by Unicode's table 3-7.
constexpr std::string_view ill_formed[] = {
    "\x80",  // a continuation alone
    "\xBF",
    "\xC0\x80",  // overlong NUL
    "\xC1\xBF",  // overlong
    "\xC2",      // cut
    "\xC2\x41",
    "\xC2\xC2",
    "\xE0\x80\x80",  // overlong
    "\xE0\x9F\xBF",  // overlong
    "\xE2\x82",      // cut
    "\xE2\x28\xA1",
    "\xE2\x82\x28",
    "\xED\xA0\x80",      // surrogate D800
    "\xED\xBF\xBF",      // surrogate DFFF
    "\xF0\x80\x80\x80",  // overlong
    "\xF0\x8F\xBF\xBF",  // overlong
    "\xF0\x9F\x98",      // cut
    "\xF4\x90\x80\x80",  // above U+10FFFF
    "\xF5\x80\x80\x80",
    "\xF8\x88\x80\x80\x80",
    "\xFE",
    "\xFF",
};

struct Char {
  std::string_view bytes;
  char32_t code_point;
};

// The first and the last of each row of that table.
constexpr Char well_formed[] = {
    {"\0"sv, 0},
    {"A", U'A'},
    {"\x7F", 0x7F},
    {"\xC2\x80", 0x80},
    {"\xDF\xBF", 0x7FF},
    {"\xE0\xA0\x80", 0x800},
    {"\xE0\xBF\xBF", 0xFFF},
    {"\xE1\x80\x80", 0x1000},
    {"\xEC\xBF\xBF", 0xCFFF},
    {"\xED\x80\x80", 0xD000},
    {"\xED\x9F\xBF", 0xD7FF},
    {"\xEE\x80\x80", 0xE000},
    {"\xEF\xBF\xBF", 0xFFFF},
    {"\xF0\x90\x80\x80", 0x10000},
    {"\xF0\xBF\xBF\xBF", 0x3FFFF},
    {"\xF1\x80\x80\x80", 0x40000},
    {"\xF3\xBF\xBF\xBF", 0xFFFFF},
    {"\xF4\x80\x80\x80", 0x100000},
    {"\xF4\x8F\xBF\xBF", 0x10FFFF},
};

}  // namespace

TEST_CASE("base::first_utf8_char reads the first code point") {
  for (const Char& row : well_formed) {
    CAPTURE(static_cast<std::uint32_t>(row.code_point));
    for (const std::string_view rest : {""sv, "x"sv, "\x80"sv, "\xFF"sv}) {
      const auto first = first_utf8_char(std::string(row.bytes).append(rest));
      REQUIRE(first.has_value());
      CHECK(static_cast<std::uint32_t>(first->code_point) == static_cast<std::uint32_t>(row.code_point));
      CHECK(first->size == row.bytes.size());
    }
  }
}

TEST_CASE("base::first_utf8_char finds none in an ill-formed beginning, or in nothing") {
  CHECK_FALSE(first_utf8_char("").has_value());
  for (const std::string_view bytes : ill_formed) {
    CAPTURE(bytes);
    CHECK_FALSE(first_utf8_char(bytes).has_value());
    CHECK_FALSE(first_utf8_char(std::string(bytes) + "A").has_value());
  }
}

TEST_CASE("base::first_utf8_char does not read beyond the view") {
  constexpr std::string_view smile = "\xF0\x9F\x98\x80";
  for (std::size_t size = 0; size < smile.size(); ++size) {
    CHECK_FALSE(first_utf8_char(smile.substr(0, size)).has_value());
  }
  CHECK(first_utf8_char(smile).has_value());
}

TEST_CASE("base::is_utf8") {
  std::string all;
  CHECK(is_utf8(all));
  for (const Char& row : well_formed) {
    all += row.bytes;
  }
  CHECK(is_utf8(all));
  for (const std::string_view bytes : ill_formed) {
    CAPTURE(bytes);
    CHECK_FALSE(is_utf8(bytes));
    CHECK_FALSE(is_utf8("before " + std::string(bytes)));
    CHECK_FALSE(is_utf8(std::string(bytes) + " after"));
  }
}

TEST_CASE("base::valid_utf8 replaces every byte that is no part of a sequence") {
  constexpr std::string_view rows[][2] = {
      {"", ""},
      {"plain", "plain"},
      {"gr\xC3\xBC\xC3\x9F", "gr\xC3\xBC\xC3\x9F"},
      {"\0"sv, "\0"sv},
      {"a\xFFz", "a\xEF\xBF\xBDz"},
      {"\xC3", "\xEF\xBF\xBD"},
      {"\xC3z", "\xEF\xBF\xBDz"},
      {"\xE2\x82", "\xEF\xBF\xBD\xEF\xBF\xBD"},
      {"\xED\xA0\x80", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"},
      {"\xFF\xC3\xBC\xFF", "\xEF\xBF\xBD\xC3\xBC\xEF\xBF\xBD"},
  };
  for (const auto& row : rows) {
    CAPTURE(row[0]);
    const auto& [text, valid] = row;
    CHECK(valid_utf8(text) == valid);
  }
  for (const std::string_view bytes : ill_formed) {
    CAPTURE(bytes);
    CHECK(is_utf8(valid_utf8(bytes)));
  }
}

TEST_CASE("base::count_code_points") {
  CHECK(count_code_points("") == 0);
  CHECK(count_code_points("abc") == 3);
  CHECK(count_code_points("gr\xC3\xBC\xC3\x9F") == 4);
  CHECK(count_code_points("\xF0\x9F\x98\x80\xE2\x80\xA6") == 2);
}

TEST_CASE("base::first_char_or_replacement goes past a bad byte") {
  CHECK((first_char_or_replacement("\xC3\xBC").code_point == 0xFC));
  CHECK(first_char_or_replacement("\xC3\xBC").size == 2);
  CHECK((first_char_or_replacement("\xC3z").code_point == replacement_code_point));
  CHECK(first_char_or_replacement("\xC3z").size == 1);
}

TEST_CASE("to_utf8 writes what first_utf8_char reads") {
  for (const char32_t code_point :
       {0x0U, 0x41U, 0x7FU, 0x80U, 0x7FFU, 0x800U, 0xD7FFU, 0xE000U, 0xFFFDU, 0xFFFFU, 0x10000U, 0x1F600U, 0x10FFFFU}) {
    CAPTURE(static_cast<std::uint32_t>(code_point));
    const std::string text = to_utf8(code_point);
    const std::optional<Utf8Char> read = first_utf8_char(text);
    REQUIRE(read.has_value());
    CHECK((read->code_point == code_point));
    CHECK(read->size == text.size());
  }
}

}  // namespace dgauth
