// SPDX-License-Identifier: MIT
#include "deepgram/listen_parameters.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/shown.hpp"
#include "base/text.hpp"

namespace dgauth::deepgram {
namespace {

constexpr auto parameters = std::to_array<ListenParameter>({
    {"callback", "URL that the transcript is sent to"},
    {"callback_method", "POST or PUT: how it is sent"},
    {"custom_intent", "an intent to detect"},
    {"custom_intent_mode", "how custom intents are used: extended or strict"},
    {"custom_topic", "a topic to detect"},
    {"custom_topic_mode", "how custom topics are used: extended or strict"},
    {"detect_entities", "detect names, dates and so on"},
    {"detect_language", "detect the language"},
    {"diarize", "label speakers (deprecated: use diarize_model)"},
    {"diarize_model", "label speakers with this model: latest, v1 or v2"},
    {"dictation", "turn spoken punctuation into punctuation marks"},
    {"encoding", "encoding of the audio"},
    {"extra", "KEY:VALUE, returned in the response"},
    {"filler_words", "keep filler words like uh and um"},
    {"intents", "detect intents"},
    {"keyterm", "a word or phrase to boost"},
    {"keywords", "a word to boost, for older models"},
    {"language", "a tag like en or de-CH"},
    {"measurements", "abbreviate units of measurement"},
    {"mip_opt_out", "do not use the audio to improve models"},
    {"model", "nova-3 and others"},
    {"multichannel", "transcribe each channel separately"},
    {"numerals", "write numbers as digits"},
    {"paragraphs", "split the transcript into paragraphs"},
    {"profanity_filter", "remove profanity"},
    {"punctuate", "add punctuation"},
    {"redact", "remove pci, pii, numbers, ..."},
    {"replace", "OLD:NEW, a word to replace in the transcript"},
    {"search", "a word or phrase to find in the audio"},
    {"sentiment", "analyse the sentiment"},
    {"smart_format", "format dates, numbers and so on for reading"},
    {"summarize", "add a summary"},
    {"tag", "a label for usage reports"},
    {"topics", "detect topics"},
    {"utt_split", "seconds of silence that end an utterance"},
    {"utterances", "split the transcript at pauses"},
    {"version", "version of the model"},
});
static_assert(std::ranges::is_sorted(parameters, {}, &ListenParameter::name));

}  // namespace

std::span<const ListenParameter> listen_parameters() { return parameters; }

bool is_listen_parameter(std::string_view name) {
  return std::ranges::binary_search(parameters, name, {}, &ListenParameter::name);
}

std::vector<std::string> warnings_for(const http::Parameters& query) {
  std::vector<std::string> warnings;
  std::vector<std::string_view> known;
  for (const ListenParameter& parameter : listen_parameters()) {
    known.push_back(parameter.name);
  }
  for (const auto& [name, value] : query) {
    if (is_listen_parameter(name)) {
      continue;
    }
    const auto meant = nearest(name, known);
    warnings.push_back(fmt::format("unknown parameter {}, sent anyway{}", shortened(shown_text(name), 64),
                                   meant ? fmt::format("; did you mean {}?", *meant) : ""));
  }
  return warnings;
}

}  // namespace dgauth::deepgram
