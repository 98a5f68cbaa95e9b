// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "deepgram/transcript.hpp"

namespace dgauth::transcription {

// One line that was heard, fit for a terminal and a log: no control characters, nothing that a CI runner obeys.
std::string shown_line(std::string_view text);

// Which of several voices says something.
class Voices {
 public:
  explicit Voices(const deepgram::Transcript& transcript);

  bool are_several() const { return has_channels_ || has_speakers_; }
  // `Channel 0`, `Speaker 1`, `Channel 0, speaker 1`; empty where it is not worth saying. Numbers are the service's.
  std::string name(int channel, std::optional<int> speaker) const;

 private:
  bool has_channels_ = false;  // more than one has words
  bool has_speakers_ = false;  // several were told apart
};

// `transcript` to read. One voice: its text, a paragraph a line with a blank line between where there are paragraphs.
// Several: `Speaker 0: …`, a line for each turn, in the order of time. Ends with a newline.
std::string text_of(const deepgram::Transcript& transcript);

// The utterances of `transcript`; where it has none, its words, cut where nothing is said for a while and where another
// begins to speak.
std::vector<deepgram::Utterance> utterances_of(const deepgram::Transcript& transcript);

}  // namespace dgauth::transcription
