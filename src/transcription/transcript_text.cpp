// SPDX-License-Identifier: MIT
#include "transcription/transcript_text.hpp"

#include <algorithm>

#include "base/shown.hpp"
#include "deepgram/voices.hpp"

namespace dgauth::transcription {
namespace {

using deepgram::Channel;
using deepgram::Transcript;
using deepgram::Utterance;

std::string format_one_voice(const Transcript& transcript) {
  if (transcript.channels.empty()) {
    return "\n";
  }
  const auto said = std::ranges::find_if(transcript.channels, [](const Channel& each) { return !each.text.empty(); });
  const Channel& channel = said == transcript.channels.end() ? transcript.channels.front() : *said;
  if (channel.paragraphs.empty()) {
    return shown_line(channel.text) + "\n";
  }
  std::string text;
  for (const std::string& paragraph : channel.paragraphs) {
    text += (text.empty() ? "" : "\n") + shown_line(paragraph) + "\n";
  }
  return text;
}

}  // namespace

std::string format_transcript(const Transcript& transcript) {
  const deepgram::Voices voices(transcript);
  if (!voices.are_several()) {
    return format_one_voice(transcript);
  }
  std::string text;
  std::string line;
  std::string last_name;
  for (const Utterance& utterance : deepgram::utterances_of(transcript)) {
    const std::string name = voices.name(utterance.channel, utterance.speaker);
    if (!line.empty() && name == last_name) {
      line += " " + utterance.text;
      continue;
    }
    text += line.empty() ? "" : shown_line(line) + "\n";
    line = (name.empty() ? "" : name + ": ") + utterance.text;
    last_name = name;
  }
  return text + shown_line(line) + "\n";
}

}  // namespace dgauth::transcription
