// SPDX-License-Identifier: MIT
#include <functional>
#include <new>
#include <string>

#include "deepgram/transcript.hpp"
#include "json/event_reader.hpp"
#include "json/reader.hpp"
#include "json/writer.hpp"
#include "support/heap_watch.hpp"
#include "support/printing.hpp"

namespace dgauth::json {
namespace {

// Lets each allocation of `work` fail in its turn: it gives `wanted`, or throws std::bad_alloc. Returns how many there
// are.
std::size_t walk(const std::string& wanted, const std::function<std::string()>& work) {
  constexpr std::size_t most = 100'000;
  std::size_t number = 0;
  for (bool has_failed = true; has_failed && number < most; ++number) {
    std::string result = "std::bad_alloc";
    const support::ScarceMemory failing(number, false);
    try {
      result = work();
    } catch (const std::bad_alloc&) {
      CHECK(failing.has_failed());
      continue;
    }
    has_failed = failing.has_failed();
    CHECK(result == wanted);
  }
  CHECK(number < most);
  return number;
}

const std::string long_text(3000, 'x');

}  // namespace

TEST_CASE("json::Document::parse without memory throws, promise 27") {
  std::string text = R"({"a":[1,{"b":")" + long_text + R"("}],"c":[)";
  for (int i = 0; i < 20'000; ++i) {
    text += R"({"d":"e"},)";
  }
  text += R"(0],"end":"yes"})";
  CHECK(walk("yes", [&text] {
          const std::optional<Document> document = Document::parse(text);
          return std::string(document->root().string_member("end").value());
        }) > 20);
}

TEST_CASE("json::Writer without memory throws, promise 27") {
  const std::string wanted =
      R"({"a":[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]],"b":")" + long_text + "\",\"c\":" + long_text + "}";
  CHECK(walk(wanted, [] {
          Writer writer;
          writer.begin_object().key("a");
          for (int i = 0; i < 20; ++i) {
            writer.begin_array();
          }
          writer.number(1);
          for (int i = 0; i < 20; ++i) {
            writer.end_array();
          }
          writer.key("b").string(long_text).key("c").verbatim(long_text).end_object();
          return std::string(writer.text());
        }) > 5);
}

TEST_CASE("json::Writer wipes what it grows out of, promise 26") {
  constexpr std::string_view word = "fake-token-in-json-text";
  const Secret token(word);
  const support::HeapWatch watch(word);
  {
    Writer writer;
    writer.begin_array().string(token);
    for (int i = 0; i < 20; ++i) {
      writer.string(long_text);
    }
    writer.end_array();
  }
  CHECK(watch.blocks_freed() > 5);
  CHECK(watch.blocks_with_word() == 0);
}

TEST_CASE("deepgram::decode_transcript without memory throws, promise 27") {
  std::string words;
  for (int i = 0; i < 50; ++i) {
    words += R"({"word":"a word that does not fit into a short string","start":1,"end":2},)";
  }
  const std::string body = R"({"results":{"utterances":[{"transcript":")" + long_text + R"(","words":[)" + words +
                           R"({}]},{"start":0}],"channels":[{"alternatives":[{"transcript":")" + long_text +
                           R"(","words":[)" + words + R"({}],"paragraphs":{"paragraphs":[{"sentences":[{"text":")" +
                           long_text + R"("}]}]}}]}]}})";
  const Result<deepgram::Transcript> whole = deepgram::decode_transcript(body);
  REQUIRE(whole.has_value());
  CHECK(walk("the same", [&] { return deepgram::decode_transcript(body) == whole ? "the same" : "another"; }) > 100);
}

TEST_CASE("json::EventReader needs no memory, promise 27") {
  const std::string body = R"({"a":[{"b":"\u00fc\ud83d\ude00\ud800 )" + long_text + R"("},1.5e3,true,null]})";
  CHECK(walk("yes", [&body] {
          EventReader reader;
          return reader.feed(body) && reader.finish() ? "yes" : "no";
        }) == 1);
}

}  // namespace dgauth::json
