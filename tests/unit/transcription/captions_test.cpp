// SPDX-License-Identifier: MIT
#include "transcription/captions.hpp"

#include "support/printing.hpp"

namespace dgauth::transcription {

using std::chrono::milliseconds;

// What captions look like is in tests/cli/captions.
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
