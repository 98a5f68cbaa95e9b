// SPDX-License-Identifier: MIT
#include "deepgram/transcript.hpp"

#include "deepgram/transcript_reader.hpp"
#include "support/printing.hpp"

namespace dgauth::deepgram {
namespace {

using namespace std::chrono_literals;

Transcript decoded(std::string_view body) {
  Result<Transcript> transcript = decode_transcript(body);
  REQUIRE(transcript.has_value());
  return std::move(*transcript);
}

Transcript one_channel(std::string_view alternative) {
  return decoded(R"({"results":{"channels":[{"alternatives":[)" + std::string(alternative) + "]}]}}");
}

}  // namespace

TEST_CASE("deepgram::decode_transcript: text, words with their times and speakers, paragraphs put together") {
  const Transcript transcript = one_channel(
      R"({"transcript":"Hi. There","words":[)"
      R"({"word":"hi","punctuated_word":"Hi.","start":0.1,"end":0.25,"speaker":1},{"word":"there","start":1,"end":1.5}],)"
      R"("paragraphs":{"transcript":"\nSpeaker 0: no","paragraphs":[{"sentences":[{"text":"Hi."},{"text":"There"}]}]}})");
  REQUIRE(transcript.channels.size() == 1);
  const Channel& channel = transcript.channels.front();
  CHECK(channel.text == "Hi. There");
  CHECK(channel.paragraphs == std::vector<std::string>{"Hi. There"});
  REQUIRE(channel.words.size() == 2);
  CHECK((channel.words[0] == Word{.text = "Hi.", .span = {.start = 100ms, .end = 250ms}, .speaker = 1}));
  CHECK((channel.words[1] == Word{.text = "there", .span = {.start = 1s, .end = 1500ms}, .speaker = {}}));
}

TEST_CASE(
    "deepgram::decode_transcript: of several alternatives the first counts, and utterances come in order of time") {
  const Transcript transcript = decoded(
      R"({"results":{"channels":[{"alternatives":[{"transcript":"a"},{"transcript":"b"}]},{}],"utterances":[)"
      R"({"transcript":"late","start":5,"end":6,"channel":1},{"transcript":"early","start":1,"end":2,"speaker":0}]}})");
  REQUIRE(transcript.channels.size() == 2);
  CHECK(transcript.channels[0].text == "a");
  CHECK((transcript.channels[1] == Channel{}));
  REQUIRE(transcript.utterances.size() == 2);
  CHECK(transcript.utterances[0].text == "early");
  CHECK(transcript.utterances[0].speaker == 0);
  CHECK(transcript.utterances[1].channel == 1);
}

TEST_CASE("deepgram::decode_transcript: odd times and numbers do no harm, promise 27") {
  const Transcript transcript = one_channel(
      R"({"words":[{"word":"a","start":-1,"end":-2},{"word":"b","start":9,"end":1},{"word":"c","start":1e300,"end":"x"},)"
      R"({"word":"d","speaker":-1},{"word":"e","speaker":1e9},{"word":7},null]})");
  const std::vector<Word>& words = transcript.channels.front().words;
  REQUIRE(words.size() == 7);
  CHECK((words[0].span == Span{}));
  CHECK((words[1].span == Span{.start = 9s, .end = 9s}));
  CHECK(words[2].span.start <= words[2].span.end);
  CHECK_FALSE(words[3].speaker.has_value());
  CHECK_FALSE(words[4].speaker.has_value());
  CHECK(words[5].text.empty());
  CHECK(words[6].text.empty());
}

TEST_CASE("deepgram::decode_transcript and decode_callback_reply: what is not an answer of the service") {
  const std::string not_json = "the response is not JSON, so it did not come from Deepgram";
  const std::string cut = "the response is incomplete";
  struct Row {
    std::string_view body;
    std::string transcript, callback;
  };
  const std::string no_transcript = "the response contains no transcript";
  const std::string no_id = "the response contains no request_id, although there is a callback";
  for (const Row& row :
       {Row{"", not_json, not_json}, Row{"<html>", not_json, not_json}, Row{"{", cut, cut},
        Row{"{}", no_transcript, no_id}, Row{"null", no_transcript, no_id},
        Row{R"({"results":{"channels":{}}})", no_transcript, no_id}, Row{R"({"request_id":7})", no_transcript, no_id},
        Row{R"({"request_id":""})", no_transcript, no_id}}) {
    CAPTURE(row.body);
    const Result<Transcript> transcript = decode_transcript(row.body);
    REQUIRE_FALSE(transcript.has_value());
    CHECK(transcript.error().kind == ErrorKind::service);
    CHECK(transcript.error().message == row.transcript);
    CHECK(decode_callback_reply(row.body).error().message == row.callback);
  }
  CHECK(decode_transcript("<html>").error().hint != decode_transcript("x").error().hint);
  CHECK(decode_callback_reply(R"({"request_id":"r-1"})") == "r-1");
}

TEST_CASE("deepgram::TranscriptReader reads the same however the answer is cut, its members in any order") {
  const std::string body =
      R"( {"results":{"utterances":[{"words":[{"end":2,"word":"b","start":1}],"speaker":3,"channel":1,"end":2.5,)"
      R"("start":1,"transcript":"B\u00fc\ud83d\ude00"},7],"x":[[{"channels":[]}]],"channels":[{"alternatives":[{"paragraphs":)"
      R"({"y":0,"paragraphs":[{"sentences":[{"text":"One."},{"text":"ue"}]},null]},"words":[{"word":"one","z":{}},)"
      R"({"punctuated_word":"","word":"two","speaker":0}],"transcript":"t\n"},{"transcript":"other"}]}]},"results":7} )";
  const Transcript whole = decoded(body);
  CHECK((whole.channels == std::vector{Channel{.text = "t\n",
                                               .paragraphs = {"One. ue", ""},
                                               .words = {{.text = "one", .span = {}, .speaker = {}},
                                                         {.text = "two", .span = {}, .speaker = 0}}}}));
  REQUIRE(whole.utterances.size() == 2);
  CHECK((whole.utterances[1] == Utterance{.text = "B\xC3\xBC\xF0\x9F\x98\x80",
                                          .span = {.start = 1s, .end = 2500ms},
                                          .channel = 1,
                                          .speaker = 3,
                                          .words = {{.text = "b", .span = {.start = 1s, .end = 2s}, .speaker = {}}}}));
  for (std::size_t at = 0; at <= body.size(); ++at) {
    TranscriptReader reader;
    REQUIRE(reader.feed(std::string_view(body).substr(0, at)).has_value());
    REQUIRE(reader.feed(std::string_view(body).substr(at)).has_value());
    CHECK((reader.finish().value() == whole));
  }
}

TEST_CASE("deepgram::decode_transcript: of several members with one name the first counts, whatever it is") {
  CHECK(one_channel(R"({"transcript":"a","transcript":"b"})").channels.front().text == "a");
  CHECK_FALSE(decode_transcript(R"({"results":null,"results":{"channels":[]}})").has_value());
  CHECK_FALSE(decode_transcript(R"({"results":{"channels":{},"channels":[]}})").has_value());
  const Transcript words =
      one_channel(R"({"words":[{"start":"x","start":1,"speaker":null,"speaker":1}],"words":[{}]})");
  CHECK((words.channels.front().words == std::vector<Word>(1)));
}

TEST_CASE("deepgram::decode_transcript: numbers however they are written") {
  const std::string one_and_zeros = "1" + std::string(2000, '0');
  const Transcript transcript =
      one_channel(R"({"words":[{"start":1e999},{"start":1e-999,"speaker":1e-999},{"start":1.5e0},)"
                  R"({"start":)" +
                  one_and_zeros + R"(},{"start":0.0015,"speaker":2.9}]})");
  const std::vector<Word>& words = transcript.channels.front().words;
  CHECK(words[0].span.start == 0ms);
  CHECK(words[1].speaker == 0);
  CHECK(words[2].span.start == 1500ms);
  CHECK(words[3].span.start == 0ms);
  CHECK(words[4].span.start == 2ms);
  CHECK(words[4].speaker == 2);
}

TEST_CASE("deepgram::decode_transcript keeps no lists of nothing, promise 14") {
  for (const std::string_view place :
       {R"("channels":[%])", R"("channels":[],"utterances":[%])", R"("channels":[{"alternatives":[{"words":[%]}]}])",
        R"("channels":[{"alternatives":[{"paragraphs":{"paragraphs":[%]}}]}])"}) {
    CAPTURE(place);
    std::string body = "{\"results\":{" + std::string(place) + "}}";
    std::string nothing = "{}";
    for (int i = 0; i < 5000; ++i) {
      nothing += ",{}";
    }
    body.replace(body.find('%'), 1, nothing);
    const Result<Transcript> transcript = decode_transcript(body);
    REQUIRE_FALSE(transcript.has_value());
    CHECK(transcript.error().message == "the response contains no transcript");
  }
}

}  // namespace dgauth::deepgram
