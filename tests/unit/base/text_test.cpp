// SPDX-License-Identifier: MIT
#include "base/text.hpp"

#include "base/utf8.hpp"
#include "support/printing.hpp"

namespace dgauth {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view ellipsis = "\xE2\x80\xA6";

std::string utf8(char32_t c) {
  const auto byte = [](char32_t bits) { return static_cast<char>(static_cast<unsigned char>(bits)); };
  if (c < 0x80) {
    return {byte(c)};
  }
  if (c < 0x800) {
    return {byte(0xC0U | c >> 6U), byte(0x80U | (c & 0x3FU))};
  }
  return {byte(0xE0U | c >> 12U), byte(0x80U | (c >> 6U & 0x3FU)), byte(0x80U | (c & 0x3FU))};
}

}  // namespace

TEST_CASE("base::is_visible_ascii is 0x21 to 0x7E") {
  for (int byte = 0; byte < 256; ++byte) {
    CAPTURE(byte);
    CHECK(is_visible_ascii(static_cast<char>(byte)) == (byte >= 0x21 && byte <= 0x7E));
  }
}

TEST_CASE("base::trimmed") {
  constexpr std::string_view rows[][2] = {
      {"", ""},    {" ", ""},   {" \t\r\n", ""},           {"a", "a"},
      {" a", "a"}, {"a ", "a"}, {"\r\n\ta b\t \n", "a b"}, {"\0 "sv, "\0"sv},
  };
  for (const auto& row : rows) {
    CAPTURE(row[0]);
    const auto& [text, expected] = row;
    CHECK(trim(text) == expected);
  }
}

TEST_CASE("base::lower_case changes ASCII only") {
  CHECK(lower_case("AbZ09-_@[`{") == "abz09-_@[`{");
  CHECK(lower_case("\xC3\x84\xC4\xB0") == "\xC3\x84\xC4\xB0");
  CHECK(lower_case("K\xE2\x84\xAA") == "k\xE2\x84\xAA");  // the Kelvin sign is no k
  CHECK(lower_case("A\0B"sv) == "a\0b"sv);
}

TEST_CASE("base::equal_ignoring_case") {
  CHECK(equal_ignoring_case("", ""));
  CHECK(equal_ignoring_case("LocalHost", "lOCALhOST"));
  CHECK_FALSE(equal_ignoring_case("localhost", "localhos"));
  CHECK_FALSE(equal_ignoring_case("localhos", "localhost"));
  CHECK_FALSE(equal_ignoring_case("@", "`"));
  CHECK_FALSE(equal_ignoring_case("[", "{"));
  CHECK_FALSE(equal_ignoring_case("\xC3\x84", "\xC3\xA4"));
}

TEST_CASE("base::nearest finds what was meant by a slip of the fingers") {
  constexpr std::string_view commands[] = {"grant", "header", "check", "transcribe-url", "transcribe-file"};
  constexpr std::string_view rows[][2] = {
      {"grant", "grant"},
      {"gran", "grant"},
      {"grants", "grant"},
      {"grantt", "grant"},
      {"grnat", "grant"},  // two letters that changed places
      {"gratn", "grant"},
      {"hedaer", "header"},
      {"heder", "header"},
      {"headers", "header"},
      {"chek", "check"},
      {"transcribe-ulr", "transcribe-url"},
      {"transcribefile", "transcribe-file"},
  };
  for (const auto& row : rows) {
    CAPTURE(row[0]);
    const auto& [word, meant] = row;
    CHECK(nearest(word, commands) == meant);
  }
}

TEST_CASE("base::nearest guesses nothing far-fetched") {
  constexpr std::string_view commands[] = {"grant", "header", "check"};
  for (const std::string_view word :
       {"", "x", "zzzzz", "mint", "authorize", "transcribe", "deadbeefdeadbeefdeadbeef"}) {
    CAPTURE(std::string_view(word));
    CHECK(nearest(word, commands) == std::nullopt);
  }
  CHECK(nearest("grant", {}) == std::nullopt);
}

TEST_CASE("base::nearest takes the nearest, not the first") {
  constexpr std::string_view options[] = {"--config", "--connect", "--confine"};
  CHECK(nearest("--confinee", options) == "--confine");
  CHECK(nearest("--conect", options) == "--connect");
}

TEST_CASE("base::after_last: all of it without the separator") {
  CHECK(after_last("a/b/c", '/') == "c");
  CHECK(after_last("a/", '/') == "");
  CHECK(after_last("/", '/') == "");
  CHECK(after_last("abc", '/') == "abc");
  CHECK(after_last("", '/') == "");
}

TEST_CASE("base::join_with_and") {
  CHECK(join_with_and({}) == "");
  CHECK(join_with_and(std::array{"a"sv}) == "a");
  CHECK(join_with_and(std::array{"a"sv, "b"sv}) == "a and b");
  CHECK(join_with_and(std::array{"a"sv, "b"sv, "c"sv}) == "a, b and c");
}

TEST_CASE("base::without_controls replaces C0, DEL, C1 and bidirectional controls, promise 18") {
  for (char32_t c = 0; c < 0x3000; ++c) {
    CAPTURE(static_cast<std::uint32_t>(c));
    const bool is_blank = c == ' ' || (c >= 0x09 && c <= 0x0D);
    const bool is_control = c < 0x20 || (c >= 0x7F && c <= 0x9F);
    // Unicode's Bidi_Control, and the two that end a line.
    const bool is_bidirectional = c == 0x061C || c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) ||
                                  (c >= 0x2066 && c <= 0x2069) || c == 0x2028 || c == 0x2029;
    const std::string shown = without_controls("a" + utf8(c) + "z");
    if (is_blank) {
      // Line ends and tabs become blanks; what vertical tab and form feed become is left open, but not themselves.
      const bool is_harmless = shown == "a z" || shown == "a\xEF\xBF\xBDz";
      CHECK(is_harmless);
    } else {
      CHECK(shown == (is_control || is_bidirectional ? "a\xEF\xBF\xBDz" : "a" + utf8(c) + "z"));
    }
  }
}

TEST_CASE("base::without_controls rows") {
  constexpr std::string_view rows[][2] = {
      {"", ""},
      {"plain text", "plain text"},
      {"gr\xC3\xBC\xC3\x9F \xF0\x9F\x98\x80", "gr\xC3\xBC\xC3\x9F \xF0\x9F\x98\x80"},
      {"a\nb\rc\td", "a b c d"},
      {"a\r\nb", "a  b"},
      {"\x1B[31mred\x1B[0m", "\xEF\xBF\xBD[31mred\xEF\xBF\xBD[0m"},
      {"\x1B]0;title\x07", "\xEF\xBF\xBD]0;title\xEF\xBF\xBD"},
      {"nul\0!"sv, "nul\xEF\xBF\xBD!"},
      {"\xC2\x9B"
       "31m",
       "\xEF\xBF\xBD"
       "31m"},  // CSI as C1
      {"\x9B"
       "31m",
       "\xEF\xBF\xBD"
       "31m"},  // CSI as a bare byte: invalid UTF-8
      {"\xE2\x80\xAE"
       "evil",
       "\xEF\xBF\xBD"
       "evil"},  // right-to-left override
      {"a\xFF\xFEz", "a\xEF\xBF\xBD\xEF\xBF\xBDz"},
      {"\xED\xA0\x80", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"},
  };
  for (const auto& row : rows) {
    CAPTURE(row[0]);
    const auto& [text, expected] = row;
    CHECK(without_controls(text) == expected);
  }
}

TEST_CASE("base::without_controls removes nothing, so nothing can be joined") {
  for (int byte = 0; byte < 256; ++byte) {
    const std::string text = "::" + std::string(1, static_cast<char>(byte)) + "add-mask::";
    CAPTURE(byte);
    CHECK(without_controls(text).size() >= text.size());
  }
}

TEST_CASE("base::without_controls gives valid UTF-8 for any two bytes") {
  for (int a = 0; a < 256; ++a) {
    for (int b = 0; b < 256; ++b) {
      const std::array two = {static_cast<char>(a), static_cast<char>(b)};
      if (!is_utf8(without_controls({two.data(), two.size()}))) {
        CAPTURE(a);
        CAPTURE(b);
        FAIL_CHECK("not UTF-8");
      }
    }
  }
}

TEST_CASE("base::shortened keeps at most so many code points, the ellipsis counted") {
  struct Row {
    std::string_view text;
    std::size_t limit;
    std::string expected;
  };
  const Row rows[] = {
      {"", 3, ""},
      {"abc", 3, "abc"},
      {"abcd", 3, "ab" + std::string(ellipsis)},
      {"abcd", 1, std::string(ellipsis)},
      {"\xC3\xA4\xC3\xB6\xC3\xBC", 3, "\xC3\xA4\xC3\xB6\xC3\xBC"},
      {"\xC3\xA4\xC3\xB6\xC3\xBC\xC3\x9F", 3, "\xC3\xA4\xC3\xB6" + std::string(ellipsis)},
      {"\xF0\x9F\x98\x80\xF0\x9F\x98\x80\xF0\x9F\x98\x80", 2, "\xF0\x9F\x98\x80" + std::string(ellipsis)},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(shortened(row.text, row.limit) == row.expected);
  }
  CHECK(shortened(std::string(1000, 'x'), 500) == std::string(499, 'x') + std::string(ellipsis));
  CHECK(shortened(std::string(500, 'x'), 500) == std::string(500, 'x'));
}

}  // namespace dgauth
