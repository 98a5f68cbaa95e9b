// SPDX-License-Identifier: MIT
#include "deepgram/voices.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

namespace dgauth::deepgram {
namespace {

constexpr std::chrono::milliseconds silence{800};  // ends an utterance, as the service's default of utt_split does

void add_word(std::vector<Utterance>& utterances, const Word& word, int channel) {
  const bool goes_on = !utterances.empty() && utterances.back().channel == channel &&
                       utterances.back().speaker == word.speaker &&
                       word.span.start - utterances.back().span.end < silence;
  if (!goes_on) {
    utterances.push_back({.text = {}, .span = word.span, .channel = channel, .speaker = word.speaker, .words = {}});
  }
  Utterance& utterance = utterances.back();
  utterance.text += (utterance.text.empty() ? "" : " ") + word.text;
  utterance.span.end = std::max(utterance.span.end, word.span.end);
  utterance.words.push_back(word);
}

}  // namespace

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
      utterances.push_back(
          {.text = heard.text, .span = {}, .channel = static_cast<int>(channel), .speaker = {}, .words = {}});
    }
  }
  std::ranges::stable_sort(utterances, {}, [](const Utterance& each) { return each.span.start; });
  return utterances;
}

}  // namespace dgauth::deepgram
