// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "deepgram/transcript.hpp"

namespace dgauth::transcription {

// What stands on the screen for a while: one or two lines of at most 42 characters, no longer than seven seconds as far
// as the times of words allow that. A single word that is longer stands on a line of its own.
struct Cue {
  deepgram::Span span;
  std::string voice;  // empty: there is only one
  std::vector<std::string> lines;

  bool operator==(const Cue&) const = default;
};

// In the order of time.
std::vector<Cue> cues_of(const deepgram::Transcript& transcript);

// SubRip, the voice before the text. Empty without cues.
std::string format_srt(const std::vector<Cue>& cues);

// WebVTT (W3C), the voice in a voice tag.
std::string format_vtt(const std::vector<Cue>& cues);

}  // namespace dgauth::transcription
