// SPDX-License-Identifier: MIT
#include "deepgram/transcript.hpp"

#include <algorithm>
#include <cstdint>

#include "deepgram/replies.hpp"
#include "json/reader.hpp"

namespace dgauth::deepgram {
namespace {

constexpr double longest_media = 1e9;  // seconds: more is nonsense, and would not fit
constexpr int highest_number = 9999;   // of a channel or a speaker

std::chrono::milliseconds time_of(const json::Value& object, std::string_view name) {
  const double seconds = std::clamp(object.number_member(name).value_or(0), 0.0, longest_media);
  return std::chrono::round<std::chrono::milliseconds>(std::chrono::duration<double>(seconds));
}

Span span_of(const json::Value& object) {
  const auto start = time_of(object, "start");
  return {.start = start, .end = std::max(start, time_of(object, "end"))};
}

std::optional<int> count_of(const json::Value& object, std::string_view name) {
  const std::optional<double> number = object.number_member(name);
  return number && *number >= 0 && *number <= highest_number ? std::optional(static_cast<int>(*number)) : std::nullopt;
}

std::string text_of(const json::Value& object, std::string_view name) { return object.member(name).as_text(); }

std::vector<Word> words_of(const json::Value& object) {
  const json::Value list = object.member("words");
  std::vector<Word> words;
  words.reserve(list.size());
  for (std::size_t i = 0; i < list.size(); ++i) {
    const json::Value word = list.at(i);
    std::string text = text_of(word, "punctuated_word");
    words.push_back({.text = text.empty() ? text_of(word, "word") : std::move(text),
                     .span = span_of(word),
                     .speaker = count_of(word, "speaker")});
  }
  return words;
}

// Put together from sentences: the text that the service makes of its own holds newlines and labels.
std::vector<std::string> paragraphs_of(const json::Value& alternative) {
  const json::Value list = alternative.member("paragraphs").member("paragraphs");
  std::vector<std::string> paragraphs;
  for (std::size_t i = 0; i < list.size(); ++i) {
    const json::Value sentences = list.at(i).member("sentences");
    std::string& text = paragraphs.emplace_back();
    for (std::size_t j = 0; j < sentences.size(); ++j) {
      text.append(text.empty() ? "" : " ").append(text_of(sentences.at(j), "text"));
    }
  }
  return paragraphs;
}

Channel channel_of(const json::Value& channel) {
  const json::Value alternative = channel.member("alternatives").at(0);
  return {.text = text_of(alternative, "transcript"),
          .paragraphs = paragraphs_of(alternative),
          .words = words_of(alternative)};
}

Utterance utterance_of(const json::Value& utterance) {
  return {.text = text_of(utterance, "transcript"),
          .span = span_of(utterance),
          .channel = count_of(utterance, "channel").value_or(0),
          .speaker = count_of(utterance, "speaker"),
          .words = words_of(utterance)};
}

tl::unexpected<Error> nonsense(std::string_view body, std::string_view what) {
  return fail(ErrorKind::service, std::string(what),
              is_html(body) ? "a proxy or a login page may be answering: check --base-url" : "check --base-url");
}

}  // namespace

Result<Transcript> decode_transcript(std::string_view body) {
  const std::optional<json::Document> document = json::Document::parse(body);
  if (!document) {
    return nonsense(body, "the answer to the transcription is not JSON");
  }
  const json::Value results = document->root().member("results");
  const json::Value channels = results.member("channels");
  if (!channels.is_array()) {
    return nonsense(body, "the answer to the transcription holds no transcript");
  }
  Transcript transcript;
  for (std::size_t i = 0; i < channels.size(); ++i) {
    transcript.channels.push_back(channel_of(channels.at(i)));
  }
  const json::Value utterances = results.member("utterances");
  for (std::size_t i = 0; i < utterances.size(); ++i) {
    transcript.utterances.push_back(utterance_of(utterances.at(i)));
  }
  std::ranges::stable_sort(transcript.utterances, {}, [](const Utterance& each) { return each.span.start; });
  return transcript;
}

Result<std::string> decode_callback_reply(std::string_view body) {
  const std::optional<json::Document> document = json::Document::parse(body);
  if (!document) {
    return nonsense(body, "the answer to the transcription is not JSON");
  }
  if (const auto id = document->root().string_member("request_id"); id && !id->empty()) {
    return std::string(*id);
  }
  return nonsense(body, "the answer to a transcription with a callback holds no request_id");
}

}  // namespace dgauth::deepgram
