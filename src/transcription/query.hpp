// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "base/result.hpp"
#include "http/url.hpp"

namespace dgauth::transcription {

// What is to be transcribed.
enum class MediaKind { url, file };

enum class TranscriptFormat { text, json, srt, vtt };

constexpr bool is_captions(TranscriptFormat format) {
  return format == TranscriptFormat::srt || format == TranscriptFormat::vtt;
}

// What is asked of /v1/listen, by options of their own and by --param.
struct QueryOptions {
  std::string model = "nova-3";
  std::string language{};  // empty: not sent
  bool smart_format = false;
  bool diarize = false;
  bool punctuate = false;
  bool paragraphs = false;
  bool utterances = false;
  bool detect_language = false;
  std::vector<std::string> redact{};
  std::vector<std::string> keyterms{};
  std::vector<std::string> tags{};
  std::string callback{};         // empty: none
  http::Parameters parameters{};  // of --param

  bool operator==(const QueryOptions&) const = default;
};

// The query that `options` ask for, `model` always in it, once; what --param names is not sent by any other option.
// Captions ask for utterances. ErrorKind::usage where --param says twice what can be said once only, where it and
// --diarize both say how, and for a model that cannot transcribe recordings.
Result<http::Parameters> query_of(const QueryOptions& options, TranscriptFormat format);

}  // namespace dgauth::transcription
