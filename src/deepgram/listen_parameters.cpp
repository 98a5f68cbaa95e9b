// SPDX-License-Identifier: MIT
#include "deepgram/listen_parameters.hpp"

#include <algorithm>
#include <array>

namespace dgauth::deepgram {
namespace {

constexpr auto names = std::to_array<std::string_view>({
    "callback",
    "callback_method",
    "custom_intent",
    "custom_intent_mode",
    "custom_topic",
    "custom_topic_mode",
    "detect_entities",
    "detect_language",
    "diarize",
    "diarize_model",
    "dictation",
    "encoding",
    "extra",
    "filler_words",
    "intents",
    "keyterm",
    "keywords",
    "language",
    "measurements",
    "mip_opt_out",
    "model",
    "multichannel",
    "numerals",
    "paragraphs",
    "profanity_filter",
    "punctuate",
    "redact",
    "replace",
    "search",
    "sentiment",
    "smart_format",
    "summarize",
    "tag",
    "topics",
    "utt_split",
    "utterances",
    "version",
});
static_assert(std::ranges::is_sorted(names));

}  // namespace

std::span<const std::string_view> listen_parameters() { return names; }

bool is_listen_parameter(std::string_view name) { return std::ranges::binary_search(names, name); }

}  // namespace dgauth::deepgram
