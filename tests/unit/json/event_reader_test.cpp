// SPDX-License-Identifier: MIT
#include "json/event_reader.hpp"

#include <string>
#include <vector>

#include "json/reader.hpp"
#include "support/printing.hpp"

namespace dgauth::json {
namespace {

using namespace std::string_view_literals;

// Writes down what it is told, in a notation of its own: k<key> s<string> n<number> l<literal> and brackets.
class Recorder final : public EventHandler {
 public:
  explicit Recorder(std::string_view unwanted = {}) : unwanted_(unwanted) {}

  std::string told;

  bool begin_object() override { return begin("{"); }
  void end_object() override { told += "}"; }
  bool begin_array() override { return begin("["); }
  void end_array() override { told += "]"; }
  void key_part(std::string_view part) override { text_ += part; }
  void end_key() override {
    last_key_ = text_;
    end('k');
  }
  void string_part(std::string_view part) override { text_ += part; }
  void end_string() override { end('s'); }
  void number_part(std::string_view part) override { text_ += part; }
  void end_number() override { end('n'); }
  void literal(std::string_view word) override { told += "l<" + std::string(word) + ">"; }

 private:
  bool begin(const char* bracket) {
    const bool is_wanted = unwanted_ != bracket && (unwanted_.empty() || last_key_ != unwanted_);
    told += is_wanted ? bracket : "-";
    return is_wanted;
  }
  void end(char kind) {
    told += kind + ("<" + text_ + ">");
    text_.clear();
  }

  std::string text_;
  std::string last_key_;
  std::string unwanted_;
};

// What was told; "refused" if it is not JSON.
std::string told(const std::vector<std::string_view>& pieces, std::string_view unwanted = {}) {
  Recorder recorder(unwanted);
  EventReader reader(&recorder);
  EventReader checker;
  bool is_good = true;
  for (const std::string_view piece : pieces) {
    const bool is_fed = reader.feed(piece);
    is_good = is_good && is_fed;
    CHECK(checker.feed(piece) == is_fed);
    CHECK(is_fed == is_good);  // once refused, always refused
  }
  is_good = reader.finish();
  CHECK(checker.finish() == is_good);
  return is_good ? recorder.told : "refused";
}

// The same, after a look at it whole, byte by byte, and in two pieces cut at every place.
std::string told_however_cut(std::string_view text) {
  const std::string whole = told({text});
  std::vector<std::string_view> bytes;
  for (std::size_t at = 0; at < text.size(); ++at) {
    bytes.push_back(text.substr(at, 1));
    CHECK(told({text.substr(0, at), text.substr(at)}) == whole);
  }
  CHECK(told(bytes) == whole);
  return whole;
}

std::string repeated(std::string_view text, std::size_t times) {
  std::string all;
  for (std::size_t i = 0; i < times; ++i) {
    all += text;
  }
  return all;
}

bool is_json(std::string_view text) {
  EventReader reader;
  return reader.feed(text) && reader.finish();
}

// What the parser of trees says, but for the limits that only one of them has.
bool is_document(std::string_view text) { return Document::parse(text).has_value(); }

}  // namespace

TEST_CASE("json::EventReader tells what any one JSON value holds, however it is cut") {
  struct Row {
    std::string_view text, told;
  };
  constexpr Row rows[] = {
      {"{}", "{}"},
      {"[]", "[]"},
      {" { } ", "{}"},
      {"\t\r\n[ 1 , 2 ]\n", "[n<1>n<2>]"},
      {"null", "l<null>"},
      {"true", "l<true>"},
      {" false ", "l<false>"},
      {"0", "n<0>"},
      {"-0", "n<-0>"},
      {"-0.5e+3", "n<-0.5e+3>"},
      {"10E-02", "n<10E-02>"},
      {"1e999", "n<1e999>"},
      {"\"\"", "s<>"},
      {R"({"a":{"b":[1,"x"]},"":[[],{}],"a":null})", "{k<a>{k<b>[n<1>s<x>]}k<>[[]{}]k<a>l<null>}"},
      {R"("\"\\\/\b\f\n\r\t")", "s<\"\\/\b\f\n\r\t>"},
      {R"("\u00fc\u20AC\u0041")",
       "s<\xC3\xBC\xE2\x82\xAC"
       "A>"},
      {"\"\xC3\xBC\xE2\x82\xAC\xF0\x9F\x98\x80\x7F\"", "s<\xC3\xBC\xE2\x82\xAC\xF0\x9F\x98\x80\x7F>"},
      {R"({"\u0061\n":"sixteen bytes and some more of them"})", "{k<a\n>s<sixteen bytes and some more of them>}"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(told_however_cut(row.text) == row.told);
  }
  CHECK(told_however_cut(R"("a\u0000b")") == "s<a\0b>"sv);
}

TEST_CASE("json::EventReader: two halves of a surrogate pair are a character, and one is U+FFFD, promise 27") {
  struct Row {
    std::string_view text, told;
  };
  constexpr Row rows[] = {
      {R"("\ud83d\ude00")", "s<\xF0\x9F\x98\x80>"},
      {R"("\uD83D\uDE00.")", "s<\xF0\x9F\x98\x80.>"},
      {R"("\udbff\udfff")", "s<\xF4\x8F\xBF\xBF>"},
      {R"("\ud800")", "s<\xEF\xBF\xBD>"},
      {R"("a\ud800b")",
       "s<a\xEF\xBF\xBD"
       "b>"},
      {R"("\ud800\n")", "s<\xEF\xBF\xBD\n>"},
      {R"("\ud800\u0041")",
       "s<\xEF\xBF\xBD"
       "A>"},
      {R"("\ud800\ud83d\ude00")", "s<\xEF\xBF\xBD\xF0\x9F\x98\x80>"},
      {R"("\udc00")", "s<\xEF\xBF\xBD>"},
      {R"("\ude00\ud83d")", "s<\xEF\xBF\xBD\xEF\xBF\xBD>"},
      {R"({"\ud800":"x"})", "{k<\xEF\xBF\xBD>s<x>}"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(told_however_cut(row.text) == row.told);
  }
}

TEST_CASE("json::EventReader refuses what is not JSON, however it is cut, promise 27") {
  for (const std::string_view text :
       {""sv, " "sv, "{"sv, "}"sv, "["sv, "]"sv, "{]"sv, "[}"sv, "[1}"sv, "{\"a\":1]"sv, "[1,]"sv, "[,1]"sv,
        "{\"a\":1,}"sv, "{,}"sv, "{\"a\"}"sv, "{\"a\":}"sv, "{\"a\"1}"sv, "{\"a\":1 \"b\":2}"sv, "{\"a\"::1}"sv,
        "{a:1}"sv, "{'a':1}"sv, "{1:2}"sv, "[1 2]"sv, "[1:2]"sv, ","sv, ":"sv, "01"sv, "-"sv, "-a"sv, "-01"sv, "1."sv,
        "1.e1"sv, ".5"sv, "+1"sv, "0x10"sv, "1e"sv, "1e+"sv, "1e1.5"sv, "--1"sv, "1-2"sv, "1+"sv, "[1.]"sv, "[-]"sv,
        "[1e]"sv, "NaN"sv, "Infinity"sv, "nul"sv, "nulll"sv, "nullx"sv, "True"sv, "tru}"sv, "{} {}"sv, "{}{}"sv,
        "{}x"sv, "{},"sv, "[]1"sv, "1 2"sv, "\"a\" \"b\""sv, "// c\n{}"sv, "/* c */{}"sv, "\"a"sv, "\"\\x\""sv,
        "\"\\"sv, "\"\\u12\""sv, "\"\\u12g4\""sv, "\"\\u\""sv, "\"\\U0041\""sv, "\"a\nb\""sv, "\"a\x01\""sv,
        "\"a\x1F\""sv, "<html>"sv, "{nonsense}"sv, "\xEF\xBB\xBF{}"sv, "\v1"sv, "\f1"sv,
        "{\"err_code\":\"FORBIDDEN\""sv,
        // NUL and what is not UTF-8 (Unicode, table 3-7).
        "{}\0"sv, "{}\0garbage"sv, "\0{}"sv, "\0"sv, "{\"a\0\":1}"sv, "\"a\0b\""sv, "\"\xFF\""sv, "\"\xC3\""sv,
        "\"\xC3"sv, "\"\x80\""sv, "\"\xC0\x80\""sv, "\"\xC1\xBF\""sv, "\"\xE0\x9F\xBF\""sv, "\"\xED\xA0\x80\""sv,
        "\"\xE2\x82\""sv, "\"\xF0\x8F\xBF\xBF\""sv, "\"\xF4\x90\x80\x80\""sv, "\"\xF5\x80\x80\x80\""sv,
        "{\"\xFF\":1}"sv, "\xFF"sv, "\"longer than what is looked at in one go: \xF4"sv}) {
    CAPTURE(text);
    CHECK(told_however_cut(text) == "refused");
    CHECK_FALSE(is_document(text));
  }
}

TEST_CASE("json::EventReader tells nothing of what is not wanted, and goes on behind it") {
  const std::string_view text = R"({"a":1,"skip":{"b":[{"c":"}]"}],"skip":{}},"d":[true],"skip":["x"],"e":""})";
  for (std::size_t at = 0; at < text.size(); ++at) {
    CHECK(told({text.substr(0, at), text.substr(at)}, "skip") == "{k<a>n<1>k<skip>-k<d>[l<true>]k<skip>-k<e>s<>}");
  }
  CHECK(told({R"({"skip":[1,]})"}, "skip") == "refused");
}

TEST_CASE("json::EventReader tells of each element of a wanted array that is not wanted, however it is cut") {
  std::string text("[");
  std::string all = "[";
  for (int i = 0; i < 30; ++i) {
    text += R"({"word":"hello","start":0.25,"end":13,"x":"longer than sixteen bytes.","y":100.5},)";
    all += "-";
  }
  text += "1]";
  all += "n<1>]";
  for (std::size_t at = 0; at < text.size(); at += 7) {
    CHECK(told({std::string_view(text).substr(0, at), std::string_view(text).substr(at)}, "{") == all);
  }
}

TEST_CASE("json::EventReader refuses what nests too deeply, and needs no more memory for it, promise 27") {
  constexpr std::size_t most = EventReader::most_levels;
  CHECK(is_json(repeated("[", most) + repeated("]", most)));
  CHECK(is_json(repeated("[{\"a\":", most / 2) + "1" + repeated("}]", most / 2)));
  CHECK_FALSE(is_json(repeated("[", most + 1) + repeated("]", most + 1)));
  CHECK_FALSE(is_json(repeated("[", 1'000'000)));
  CHECK_FALSE(is_json(repeated("{\"a\":", 1'000'000)));
  CHECK(sizeof(EventReader) < 512);
}

TEST_CASE("json::EventReader checks lists of words as carefully as everything else, promise 27") {
  const std::string start = R"({"results":{"channels":[{"alternatives":[{"words":[)";
  const std::string word = R"({"word":"hi","start":-0.25,"end":13,"x":"longer than sixteen bytes.","y":100.5},)";
  const std::string text = start + word + word + word + R"({"z":true}]}]}]}})";
  CHECK(is_json(text));
  int refused = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    for (const std::string_view bytes :
         {""sv,  "\""sv, "\\"sv, "\n"sv, "\0"sv, "\x80"sv, "\xC3\xBC"sv, "0"sv, "1"sv,   "-"sv,     "."sv,
          "e"sv, ","sv,  ":"sv,  "{"sv,  "}"sv,  "["sv,    "]"sv,        " "sv, "},{"sv, "\",\""sv, "\":\""sv}) {
      for (const std::size_t removed : {0U, 1U}) {
        std::string mutant = text;
        mutant.replace(at, removed, bytes);
        CAPTURE(mutant);
        const bool is_good = is_document(mutant);
        refused += is_good ? 0 : 1;
        CHECK(is_json(mutant) == is_good);
      }
    }
  }
  CHECK(refused > 1000);
  for (std::size_t size = 0; size < text.size(); ++size) {
    CHECK_FALSE(is_json(text.substr(0, size)));
  }
}

TEST_CASE("json::EventReader takes objects within objects for what they are, promise 27") {
  const std::string members =
      R"("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa":1,"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb":"c")";
  const std::string object = "{" + members + "}";
  const std::string tail = std::string(80, ' ');
  CHECK(is_json("[" + object + "," + object + "]" + tail));
  CHECK(is_json(R"({"a":)" + object + R"(,"b":)" + object + "}" + tail));
  CHECK_FALSE(is_json(R"({"a":)" + object + "," + object + "}" + tail));
  CHECK_FALSE(is_json(object + "," + object + tail));
}

}  // namespace dgauth::json
