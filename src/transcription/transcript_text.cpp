// SPDX-License-Identifier: MIT
#include "transcription/transcript_text.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "base/text.hpp"
#include "base/workflow_commands.hpp"

namespace dgauth::transcription {
namespace {

using deepgram::Channel;
using deepgram::Transcript;
using deepgram::Utterance;
using deepgram::Word;

constexpr std::chrono::milliseconds silence{800};  // ends an utterance, as the service's default of utt_split does

void add_word(std::vector<Utterance>& utterances, const Word& word, int channel) {
  const bool goes_on = !utterances.empty() && utterances.back().channel == channel &&
                       utterances.back().speaker == word.speaker &&
                       word.span.start - utterances.back().span.end < silence;
  if (!goes_on) {
    utterances.push_back({.span = word.span, .channel = channel, .speaker = word.speaker});
  }
  Utterance& utterance = utterances.back();
  utterance.text += (utterance.text.empty() ? "" : " ") + word.text;
  utterance.span.end = std::max(utterance.span.end, word.span.end);
  utterance.words.push_back(word);
}

std::string text_of_one_voice(const Transcript& transcript) {
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

std::string shown_line(std::string_view text) { return without_workflow_commands(without_controls(text)); }

Voices::Voices(const Transcript& transcript) {
  has_channels_ =
      std::ranges::count_if(transcript.channels, [](const Channel& each) { return !each.text.empty(); }) > 1;
  std::set<int> speakers;
  const auto count = [&speakers](const std::optional<int>& speaker) {
    if (speaker) {
      speakers.insert(*speaker);
    }
  };
  for (const Channel& channel : transcript.channels) {
    std::ranges::for_each(channel.words, count, &Word::speaker);
  }
  for (const Utterance& utterance : transcript.utterances) {
    has_channels_ = has_channels_ || utterance.channel != transcript.utterances.front().channel;
    count(utterance.speaker);
  }
  has_speakers_ = speakers.size() > 1;
}

std::string Voices::name(int channel, std::optional<int> speaker) const {
  const bool names_speaker = has_speakers_ && speaker;
  if (has_channels_ && names_speaker) {
    return fmt::format("Channel {}, speaker {}", channel, *speaker);
  }
  if (has_channels_) {
    return fmt::format("Channel {}", channel);
  }
  return names_speaker ? fmt::format("Speaker {}", *speaker) : std::string();
}

std::string text_of(const Transcript& transcript) {
  const Voices voices(transcript);
  if (!voices.are_several()) {
    return text_of_one_voice(transcript);
  }
  std::string text;
  std::string line;
  std::string last_name;
  for (const Utterance& utterance : utterances_of(transcript)) {
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

std::vector<Utterance> utterances_of(const Transcript& transcript) {
  if (!transcript.utterances.empty()) {
    return transcript.utterances;
  }
  std::vector<Utterance> utterances;
  for (std::size_t channel = 0; channel < transcript.channels.size(); ++channel) {
    const Channel& heard = transcript.channels[channel];
    for (const Word& word : heard.words) {
      add_word(utterances, word, static_cast<int>(channel));
    }
    if (heard.words.empty() && !heard.text.empty()) {
      utterances.push_back({.text = heard.text, .channel = static_cast<int>(channel)});
    }
  }
  std::ranges::stable_sort(utterances, {}, [](const Utterance& each) { return each.span.start; });
  return utterances;
}

}  // namespace dgauth::transcription
