// SPDX-License-Identifier: MIT
#include "deepgram/voices.hpp"

#include "support/printing.hpp"

namespace dgauth::deepgram {
namespace {

using namespace std::chrono_literals;

Word word(std::string text, std::chrono::milliseconds start, std::optional<int> speaker = {}) {
  return {.text = std::move(text), .span = {.start = start, .end = start + 400ms}, .speaker = speaker};
}

std::vector<std::string> texts_of(const Transcript& transcript) {
  std::vector<std::string> texts;
  for (const Utterance& utterance : utterances_of(transcript)) {
    texts.push_back(utterance.text);
  }
  return texts;
}

}  // namespace

TEST_CASE("deepgram::utterances_of keeps what the service split, else splits at silences and speakers") {
  using Texts = std::vector<std::string>;
  const Channel channel{.text = "a b c d",
                        .words = {word("a", 0ms, 0), word("b", 1199ms, 0), word("c", 2399ms, 0), word("d", 2800ms, 1)}};
  CHECK(texts_of({.channels = {channel}}) == Texts{"a b", "c", "d"});
  CHECK(texts_of({.channels = {channel}, .utterances = {{.text = "as it came"}}}) == Texts{"as it came"});
  CHECK(texts_of({}) == Texts{});
  CHECK(texts_of({.channels = {{.text = "no words"}, {}}}) == Texts{"no words"});
}

TEST_CASE("deepgram::utterances_of: channels in the order of time") {
  const Transcript transcript{.channels = {{.text = "b d", .words = {word("b", 1s), word("d", 3s)}},
                                           {.text = "a c", .words = {word("a", 0s), word("c", 2s)}}}};
  const std::vector<Utterance> utterances = utterances_of(transcript);
  REQUIRE(utterances.size() == 4);
  CHECK(utterances[0].text == "a");
  CHECK(utterances[0].channel == 1);
  CHECK(utterances[3].text == "d");
  CHECK(utterances[3].span.end == 3400ms);
}

TEST_CASE("deepgram::Voices names a voice only where there are several") {
  const Voices one(Transcript{.channels = {{.text = "a", .words = {word("a", 0s, 3)}}, {}}});
  CHECK_FALSE(one.are_several());
  CHECK(one.name(0, 3).empty());

  const Voices speakers(Transcript{.channels = {{.text = "a b", .words = {word("a", 0s, 0), word("b", 1s, 1)}}}});
  CHECK(speakers.are_several());
  CHECK(speakers.name(0, 1) == "Speaker 1");
  CHECK(speakers.name(0, std::nullopt).empty());

  const Voices both(Transcript{.utterances = {{.channel = 0, .speaker = 0}, {.channel = 1, .speaker = 1}}});
  CHECK(both.name(1, 1) == "Channel 1, speaker 1");
  CHECK(both.name(1, std::nullopt) == "Channel 1");
}

}  // namespace dgauth::deepgram
