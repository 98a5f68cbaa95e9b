// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "deepgram/transcript.hpp"

namespace dgauth::deepgram {

// Tells the voices of a transcript apart: its speakers, and its channels where more than one has words.
class Voices {
 public:
  explicit Voices(const Transcript& transcript);

  bool are_several() const { return has_channels_ || has_speakers_; }
  // `Channel 0`, `Speaker 1`, `Channel 0, speaker 1`; empty where it is not worth saying. Numbers are the service's.
  std::string name(int channel, std::optional<int> speaker) const;

 private:
  bool has_channels_ = false;  // more than one has words
  bool has_speakers_ = false;  // several were told apart
};

// The utterances of `transcript`; where it has none, its words, cut where nothing is said for a while and where another
// begins to speak.
std::vector<Utterance> utterances_of(const Transcript& transcript);

}  // namespace dgauth::deepgram
