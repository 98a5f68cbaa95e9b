// SPDX-License-Identifier: MIT
#include "transcription/transcript_text.hpp"

#include "support/printing.hpp"

namespace dgauth::transcription {
namespace {

using namespace std::chrono_literals;
using deepgram::Channel;
using deepgram::Transcript;
using deepgram::Word;

Word word(std::string text, std::chrono::milliseconds start, std::optional<int> speaker = {}) {
  return {.text = std::move(text), .span = {.start = start, .end = start + 400ms}, .speaker = speaker};
}

}  // namespace

TEST_CASE("transcription::format_transcript: one voice") {
  CHECK(format_transcript({}) == "\n");
  CHECK(format_transcript({.channels = {{}}}) == "\n");
  CHECK(format_transcript({.channels = {{.text = "hello there"}}}) == "hello there\n");
  CHECK(format_transcript({.channels = {{}, {.text = "on the right"}}}) == "on the right\n");
  CHECK(format_transcript({.channels = {{.text = "one two", .paragraphs = {"one", "two"}}}}) == "one\n\ntwo\n");
}

TEST_CASE("transcription::format_transcript: several voices take turns") {
  const Transcript speakers{
      .channels = {{.text = "a b c d",
                    .words = {word("a", 0ms, 0), word("b", 500ms, 0), word("c", 1s, 1), word("d", 1500ms, 0)}}}};
  CHECK(format_transcript(speakers) == "Speaker 0: a b\nSpeaker 1: c\nSpeaker 0: d\n");
  const Transcript pause{
      .channels = {{.text = "a b c", .words = {word("a", 0ms, 0), word("b", 5s, 0), word("c", 10s, 1)}}}};
  CHECK(format_transcript(pause) == "Speaker 0: a b\nSpeaker 1: c\n");
  CHECK(format_transcript({.channels = {{.text = "one"}, {.text = "two"}}}) == "Channel 0: one\nChannel 1: two\n");
  const Transcript both{.channels = {{.text = "x"}, {.text = "y"}},
                        .utterances = {{.text = "first", .channel = 0, .speaker = 0},
                                       {.text = "second", .channel = 1, .speaker = 0},
                                       {.text = "third", .channel = 1, .speaker = 1}}};
  CHECK(format_transcript(both) ==
        "Channel 0, speaker 0: first\nChannel 1, speaker 0: second\nChannel 1, speaker 1: third\n");
}

TEST_CASE("transcription::format_transcript: nothing that a runner obeys, promise 18") {
  CHECK(format_transcript({.channels = {{.text = "::error::x"}}}) == ": :error::x\n");
}

}  // namespace dgauth::transcription
