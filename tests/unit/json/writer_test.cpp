// SPDX-License-Identifier: MIT
#include "json/writer.hpp"

#include <limits>

#include "json/reader.hpp"
#include "support/heap_watch.hpp"
#include "support/printing.hpp"

namespace dgauth::json {
namespace {

using namespace std::string_view_literals;

std::string written(std::string_view text) {
  Writer writer;
  writer.string(text);
  return std::string(writer.text());
}

}  // namespace

TEST_CASE("json::Writer writes compact JSON in the order of the calls") {
  Writer writer;
  writer.begin_object();
  writer.key("z").string("text");
  writer.key("a").begin_array().number(1).number(-2).boolean(true).boolean(false).null().end_array();
  writer.key("secret").string(Secret("fake"sv));
  writer.key("o").begin_object().end_object();
  writer.end_object();
  CHECK(writer.text() == R"({"z":"text","a":[1,-2,true,false,null],"secret":"fake","o":{}})");
}

TEST_CASE("json::Writer::number keeps all 64 bits") {
  Writer writer;
  writer.begin_array();
  writer.number(std::numeric_limits<std::int64_t>::max()).number(std::numeric_limits<std::int64_t>::min()).number(0);
  writer.end_array();
  CHECK(writer.text() == "[9223372036854775807,-9223372036854775808,0]");
}

TEST_CASE("json::Writer writes null where there is nothing") {
  Writer writer;
  writer.begin_array();
  writer.string_or_null("").string_or_null("x").number_or_null(std::nullopt).number_or_null(0);
  writer.end_array();
  CHECK(writer.text() == R"([null,"x",null,0])");
}

TEST_CASE("json::Writer::string gives what a reader reads back") {
  for (const std::string_view text :
       {""sv, "plain"sv, "\"quoted\" \\ / </script>"sv, "line\nend\r\ttab\b\f"sv, "nul\0inside"sv, "\x01\x1F\x7F"sv,
        "gr\xC3\xBC\xC3\x9F \xF0\x9F\x98\x80"sv, "\xE2\x80\xA8\xE2\x80\xA9"sv}) {
    CAPTURE(text);
    const std::string json = written(text);
    CHECK(json.find('\n') == std::string::npos);
    const auto document = Document::parse(json);
    REQUIRE(document.has_value());
    CHECK(document->root().as_string() == text);
  }
}

TEST_CASE("json::Writer::string and key replace what is not UTF-8") {
  CHECK(written("a\xFFz\xC3") == "\"a\xEF\xBF\xBDz\xEF\xBF\xBD\"");
  CHECK(written("\xED\xA0\x80") == "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\"");
  for (int byte = 0; byte < 256; ++byte) {
    CAPTURE(byte);
    CHECK(Document::parse(written(std::string(1, static_cast<char>(byte)))).has_value());
  }
}

TEST_CASE("json::Writer::verbatim puts a JSON text on one line") {
  Writer writer;
  writer.begin_object();
  writer.key("response").verbatim("{\r\n  \"a\" : [1,\n2] }\n");
  writer.key("after").verbatim("30.0");
  writer.end_object();
  CHECK(writer.text() == R"({"response":{    "a" : [1, 2] } ,"after":30.0})");
}

TEST_CASE("json::Writer holds long texts whole") {
  const std::string long_text(200'000, 'x');
  CHECK(written(long_text) == "\"" + long_text + "\"");
}

TEST_CASE("json::Writer moves") {
  Writer first;
  first.begin_array().number(1);
  Writer second = std::move(first);
  second.end_array();
  CHECK(second.text() == "[1]");
}

TEST_CASE("json::Writer wipes its text, promise 26") {
  constexpr std::string_view word = "fake-token-in-json-text";
  // As long as the longest token, so that the buffer is not the first one.
  const std::string padding(8192, 'x');
  const Secret token({word, padding});
  const support::HeapWatch watch(word);
  {
    Writer writer;
    writer.begin_object().key("access_token").string(token).end_object();
    CHECK(writer.text().find(word) != std::string_view::npos);
  }
  CHECK(watch.blocks_freed() > 0);
  CHECK(watch.blocks_with_word() == 0);
}

}  // namespace dgauth::json
