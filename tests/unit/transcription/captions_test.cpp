// SPDX-License-Identifier: MIT
#include "transcription/captions.hpp"

#include <filesystem>

#include "support/printing.hpp"

#include "support/temporary_folder.hpp"

namespace dgauth::transcription {

using std::chrono::milliseconds;

TEST_CASE("transcription: captions of each response, byte for byte") {
  int responses = 0;
  for (const auto& file : std::filesystem::directory_iterator(DGAUTH_TESTS_DIR "/cli/captions")) {
    if (file.path().extension() != ".json") {
      continue;
    }
    const std::string path = file.path().string();
    CAPTURE(path);
    const Result<deepgram::Transcript> transcript = deepgram::decode_transcript(support::content_of(path));
    REQUIRE(transcript.has_value());
    const std::vector<Cue> cues = cues_of(*transcript);
    const auto expected = [&file](const char* extension) {
      return support::content_of(std::filesystem::path(file.path()).replace_extension(extension).string());
    };
    CHECK(format_srt(cues) == expected(".srt"));
    CHECK(format_vtt(cues) == expected(".vtt"));
    ++responses;
  }
  CHECK(responses >= 10);
}

TEST_CASE("transcription: no runner obeys captions, promise 18") {
  const std::vector<Cue> cues = {{.span = {}, .voice = {}, .lines = {"::error::x ##[y]"}}};
  CHECK(format_srt(cues) == "1\n00:00:00,000 --> 00:00:00,000\n: :error::x # #[y]\n");
  CHECK(format_vtt(cues) == "WEBVTT\n\n00:00:00.000 --> 00:00:00.000\n: :error::x # #[y]\n");
}

TEST_CASE("transcription::cues_of shares out the time of any number of words, promise 27") {
  constexpr milliseconds end = milliseconds::max() - milliseconds(3);  // a whole number of quarters
  const std::vector<Cue> cues =
      cues_of({.channels = {}, .utterances = {{.text = "a b c d", .span = {.start = {}, .end = end}, .words = {}}}});
  REQUIRE(cues.size() == 4);
  milliseconds time{};
  for (const Cue& cue : cues) {
    CHECK(cue.span.start == time);
    time += end / 4;
    CHECK(cue.span.end == time);
  }
}

}  // namespace dgauth::transcription
