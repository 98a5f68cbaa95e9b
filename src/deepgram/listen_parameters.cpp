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
    {"callback", "where the transcript is sent"},
    {"callback_method", "POST or PUT"},
    {"custom_intent", "an intent to look for"},
    {"custom_intent_mode", "how intents are told: extended or strict"},
    {"custom_topic", "a topic to look for"},
    {"custom_topic_mode", "how topics are told: extended or strict"},
    {"detect_entities", "find names, dates and the like"},
    {"detect_language", "find out the language"},
    {"diarize", "tell speakers apart"},
    {"diarize_model", "which model tells speakers apart"},
    {"dictation", "turn spoken punctuation into marks"},
    {"encoding", "how the audio is encoded"},
    {"extra", "KEY:VALUE, repeated in the reply"},
    {"filler_words", "keep words like uh and um"},
    {"intents", "recognise what speakers want"},
    {"keyterm", "a term to listen for"},
    {"keywords", "words to weigh, of older models"},
    {"language", "a tag like en or de-CH"},
    {"measurements", "write units in short"},
    {"mip_opt_out", "keep out of model improvement"},
    {"model", "nova-3 and others"},
    {"multichannel", "transcribe each channel"},
    {"numerals", "write numbers as digits"},
    {"paragraphs", "split into paragraphs"},
    {"profanity_filter", "leave out profanity"},
    {"punctuate", "add punctuation"},
    {"redact", "leave out pci, pii, numbers"},
    {"replace", "OLD:NEW, in the transcript"},
    {"search", "words to find"},
    {"sentiment", "judge the sentiment"},
    {"smart_format", "format dates and numbers"},
    {"summarize", "add a summary"},
    {"tag", "a label for usage reports"},
    {"topics", "recognise topics"},
    {"utt_split", "seconds of silence between utterances"},
    {"utterances", "split at silences"},
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
