// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace dgauth::deepgram {

// When something was said, from the start of the media.
struct Span {
  std::chrono::milliseconds start{};
  std::chrono::milliseconds end{};  // not before `start`

  bool operator==(const Span&) const = default;
};

struct Word {
  std::string text;  // punctuated, if the service did that
  Span span;
  std::optional<int> speaker;

  bool operator==(const Word&) const = default;
};

// What one speaker says without a longer silence.
struct Utterance {
  std::string text{};
  Span span{};
  int channel = 0;
  std::optional<int> speaker{};
  std::vector<Word> words{};

  bool operator==(const Utterance&) const = default;
};

struct Channel {
  std::string text;
  std::vector<std::string> paragraphs;  // the same text; empty where none were asked for
  std::vector<Word> words;

  bool operator==(const Channel&) const = default;
};

// What the service heard: of each channel the first alternative. The texts are as the service sent them, control
// characters included.
struct Transcript {
  std::vector<Channel> channels;
  std::vector<Utterance> utterances;  // of all channels; empty where none were asked for

  bool operator==(const Transcript&) const = default;
};

// ErrorKind::service if `body` is not JSON with `results` that has `channels`. What else is missing counts as empty.
Result<Transcript> decode_transcript(std::string_view body);

// The id in the answer to a request with a callback. ErrorKind::service if there is none.
Result<std::string> decode_callback_reply(std::string_view body);

}  // namespace dgauth::deepgram
