// SPDX-License-Identifier: MIT
#include "json/reader.hpp"

#include <cmath>
#include <string>

#include "support/printing.hpp"

namespace dgauth::json {
namespace {

using namespace std::string_view_literals;

bool parses(std::string_view text) { return Document::parse(text).has_value(); }

std::string repeated(std::string_view text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) {
    all += text;
  }
  return all;
}

}  // namespace

TEST_CASE("json::Document::parse takes any one JSON value") {
  for (const std::string_view text :
       {"{}", "[]", "null", "true", "false", "0", "-0.5e+3", "\"\"", " { } ", "\t\r\n[ 1 , 2 ]\n",
        R"({"a":{"b":[1,"x"]}})", R"("\u00fc\ud83d\ude00\n\"\\\/")", "\"\xC3\xBC\""}) {
    CAPTURE(text);
    CHECK(parses(text));
  }
}

TEST_CASE("json::Document::parse refuses what is no JSON, promise 27") {
  for (const std::string_view text : {""sv,
                                      " "sv,
                                      "{"sv,
                                      "}"sv,
                                      "["sv,
                                      "{]"sv,
                                      "[1,]"sv,
                                      "{\"a\":1,}"sv,
                                      "{\"a\"}"sv,
                                      "{a:1}"sv,
                                      "{'a':1}"sv,
                                      "01"sv,
                                      "1."sv,
                                      ".5"sv,
                                      "+1"sv,
                                      "0x10"sv,
                                      "1e"sv,
                                      "--1"sv,
                                      "NaN"sv,
                                      "Infinity"sv,
                                      "-Infinity"sv,
                                      "nul"sv,
                                      "nulll"sv,
                                      "True"sv,
                                      "{} {}"sv,
                                      "{}x"sv,
                                      "{},"sv,
                                      "// c\n{}"sv,
                                      "/* c */{}"sv,
                                      "\"a"sv,
                                      "\"\\x\""sv,
                                      "\"\\u12\""sv,
                                      "\"\\ud800\""sv,
                                      "\"\\ud800\\u0041\""sv,
                                      "\"a\nb\""sv,
                                      "\"a\x01\""sv,
                                      "<html>"sv,
                                      "{\"a\":}"sv,
                                      "[1 2]"sv}) {
    CAPTURE(text);
    CHECK_FALSE(parses(text));
  }
}

TEST_CASE("json::Document::parse refuses NUL and invalid UTF-8, promise 27") {
  for (const std::string_view text : {"{}\0"sv, "{}\0garbage"sv, "\0{}"sv, "\0"sv, "{\"a\0\":1}"sv, "\"a\0b\""sv,
                                      "\"\xFF\""sv, "\"\xC3\""sv, "\"\xED\xA0\x80\""sv, "\"\xC0\x80\""sv,
                                      "{\"\xFF\":1}"sv, "\"longer than what a string keeps in itself: \xF4"sv}) {
    CHECK_FALSE(parses(text));
  }
  CHECK(parses(R"("\u0000")"));  // escaped, it is a character like others
  CHECK(Document::parse(R"("\u0000")")->root().as_string() == "\0"sv);
}

TEST_CASE("json::Value::as_string takes no half of a surrogate pair, promise 27") {
  const std::optional<Document> document = Document::parse(R"(["\ud83d\ude00","\udc00","a\udfffb"])");
  REQUIRE(document.has_value());
  CHECK(document->root().at(0).as_string() == "\xF0\x9F\x98\x80");
  CHECK_FALSE(document->root().at(1).as_string().has_value());
  CHECK_FALSE(document->root().at(2).as_string().has_value());
  CHECK(document->root().at(0).as_text() == "\xF0\x9F\x98\x80");
  CHECK(document->root().at(1).as_text() == "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
  CHECK(document->root().as_text().empty());
  CHECK(document->root().at(9).as_text().empty());
}

TEST_CASE("json::Document survives any depth, promise 27") {
  constexpr int levels = 1'000'000;
  CHECK_FALSE(parses(repeated("[", levels)));
  CHECK_FALSE(parses(repeated("{\"a\":", levels)));
  const std::optional<Document> arrays = Document::parse(repeated("[", levels) + repeated("]", levels));
  if (arrays) {  // to refuse such a depth would be fine too
    CHECK(arrays->root().is_array());
    CHECK(arrays->root().size() == 1);
  }
  const std::optional<Document> objects = Document::parse(repeated("{\"a\":", 200'000) + "1" + repeated("}", 200'000));
  if (objects) {
    CHECK(objects->root().member("a").is_object());
  }
}

TEST_CASE("json::Document moves, and its values stay where they are") {
  std::optional<Document> first = Document::parse(R"({"a":"a text that is too long for any small buffer"})");
  REQUIRE(first.has_value());
  const Value root = first->root();
  const Document second = std::move(*first);
  CHECK(root.string_member("a") == "a text that is too long for any small buffer");
  CHECK(second.root().string_member("a") == root.string_member("a"));
}

TEST_CASE("json::Value answers every question for every kind of value") {
  struct Row {
    std::string_view text;
    bool is_object, is_array;
    std::optional<std::string_view> string;
    std::optional<double> number;
    std::optional<bool> boolean;
    std::size_t size;
  };
  const Row rows[] = {
      {"{}", true, false, {}, {}, {}, 0},
      {R"({"a":1,"b":2})", true, false, {}, {}, {}, 0},
      {"[]", false, true, {}, {}, {}, 0},
      {"[1,[2,3]]", false, true, {}, {}, {}, 2},
      {"\"\"", false, false, "", {}, {}, 0},
      {"\"30\"", false, false, "30", {}, {}, 0},
      {"\"true\"", false, false, "true", {}, {}, 0},
      {"0", false, false, {}, 0.0, {}, 0},
      {"1", false, false, {}, 1.0, {}, 0},
      {"true", false, false, {}, {}, true, 0},
      {"false", false, false, {}, {}, false, 0},
      {"null", false, false, {}, {}, {}, 0},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    const std::optional<Document> document = Document::parse(row.text);
    REQUIRE(document.has_value());
    const Value value = document->root();
    CHECK_FALSE(value.is_absent());
    CHECK(value.is_object() == row.is_object);
    CHECK(value.is_array() == row.is_array);
    CHECK(value.as_string() == row.string);
    CHECK(value.as_number() == row.number);
    CHECK(value.as_bool() == row.boolean);
    CHECK(value.size() == row.size);
    CHECK(value.member("nowhere").is_absent());
    CHECK(value.string_member("nowhere") == std::nullopt);
    CHECK(value.number_member("nowhere") == std::nullopt);
    CHECK(value.at(7).is_absent());
  }
}

TEST_CASE("json::Value: the absent value is nothing, and so is all of it") {
  const Value absent;
  CHECK(absent.is_absent());
  CHECK_FALSE(absent.is_object());
  CHECK_FALSE(absent.is_array());
  CHECK(absent.as_string() == std::nullopt);
  CHECK(absent.as_number() == std::nullopt);
  CHECK(absent.as_bool() == std::nullopt);
  CHECK(absent.size() == 0);
  CHECK(absent.member("a").is_absent());
  CHECK(absent.at(0).is_absent());
}

TEST_CASE("json::Value::as_number takes every finite way to write a number") {
  struct Row {
    std::string_view text;
    double number;
  };
  constexpr Row rows[] = {
      {"30", 30},
      {"30.0", 30},
      {"3e1", 30},
      {"3E+1", 30},
      {"300e-1", 30},
      {"29.999", 29.999},
      {"-1", -1},
      {"0.5", 0.5},
      {"1e18", 1e18},
      {"1e-400", 0},
      {"2147483648", 2147483648.0},
      {"4294967296", 4294967296.0},
      {"18446744073709551615", 18446744073709551615.0},
      {"18446744073709551616", 18446744073709551616.0},
      {"-9223372036854775809", -9223372036854775809.0},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    const std::optional<Document> document = Document::parse(row.text);
    REQUIRE(document.has_value());
    REQUIRE(document->root().as_number().has_value());
    CHECK(*document->root().as_number() == doctest::Approx(row.number));
  }
}

TEST_CASE("json::Value::as_number is finite, promise 27") {
  for (const std::string_view text : {"1e999", "-1e999", "1e309", "123456789e400"}) {
    CAPTURE(text);
    // Either no JSON that we take, or no number: never infinity.
    const std::optional<Document> document = Document::parse(text);
    CHECK((document ? document->root().as_number() : std::nullopt) == std::nullopt);
  }
}

TEST_CASE("json::Value::member: of members with one name the first counts") {
  const auto document = Document::parse(R"({"a":"first","b":0,"a":"second","a":3})");
  REQUIRE(document.has_value());
  CHECK(document->root().string_member("a") == "first");
}

TEST_CASE("json::Value::member compares whole names") {
  const auto document = Document::parse(R"({"":"empty","ab":"long","a\u0000b":"nul","\u00fc":"escaped"})");
  REQUIRE(document.has_value());
  const Value root = document->root();
  CHECK(root.string_member("") == "empty");
  CHECK(root.member("a").is_absent());
  CHECK(root.member("abc").is_absent());
  CHECK(root.string_member("ab") == "long");
  CHECK(root.string_member("abc"sv.substr(0, 2)) == "long");
  CHECK(root.string_member("a\0b"sv) == "nul");
  CHECK(root.string_member("\xC3\xBC") == "escaped");
  CHECK(root.member("AB").is_absent());
}

TEST_CASE("json::Value: wrong types inside objects and arrays") {
  const auto document = Document::parse(R"({"s":1,"n":"1","o":[],"a":{},"b":0,"list":[null,"x",{"y":[5]}]})");
  REQUIRE(document.has_value());
  const Value root = document->root();
  CHECK(root.string_member("s") == std::nullopt);
  CHECK(root.number_member("n") == std::nullopt);
  CHECK(root.member("o").member("x").is_absent());
  CHECK(root.member("a").at(0).is_absent());
  CHECK(root.member("b").as_bool() == std::nullopt);
  const Value list = root.member("list");
  CHECK(list.size() == 3);
  CHECK_FALSE(list.at(0).is_absent());
  CHECK(list.at(1).as_string() == "x");
  CHECK(list.at(2).member("y").at(0).as_number() == 5.0);
  CHECK(list.at(3).is_absent());
  CHECK(list.at(static_cast<std::size_t>(-1)).is_absent());
}

TEST_CASE("json::Document::parse does not read beyond the view") {
  constexpr std::string_view buffer = "[1]2]";
  CHECK(Document::parse(buffer.substr(0, 3))->root().size() == 1);
  CHECK_FALSE(parses(buffer.substr(0, 2)));
  CHECK_FALSE(parses(buffer.substr(0, 4)));
}

TEST_CASE("json::Document::parse and a byte order mark: JSON or none, but no crash and no character") {
  const auto document = Document::parse("\xEF\xBB\xBF{\"a\":1}");
  if (document) {
    CHECK(document->root().number_member("a") == 1.0);
  }
}

}  // namespace dgauth::json
