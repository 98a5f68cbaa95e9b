// SPDX-License-Identifier: MIT
#include "transcription/captions.hpp"

#include <algorithm>
#include <string_view>

#include <fmt/format.h>

#include "base/shown.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"
#include "deepgram/voices.hpp"

namespace dgauth::transcription {
namespace {

using deepgram::Span;
using deepgram::Utterance;
using deepgram::Word;
using std::chrono::milliseconds;

// What subtitling guidelines agree on.
constexpr std::size_t longest_line = 42;  // in characters
constexpr std::size_t most_lines = 2;
constexpr milliseconds longest_cue{7000};
constexpr milliseconds timeless_cue{2000};

// Adds words to the lines of one cue as long as they fit. The last cue is there after end_cue().
class CueBuilder {
 public:
  CueBuilder(std::string voice, std::vector<Cue>& cues) : voice_(std::move(voice)), cues_(cues) {}
  CueBuilder(const CueBuilder&) = delete;
  CueBuilder& operator=(const CueBuilder&) = delete;

  void add(std::string_view word, Span span) {
    const std::size_t length = count_code_points(word);
    if (!cue_.lines.empty() && (!has_room(length) || span.end - cue_.span.start > longest_cue)) {
      end_cue();
    }
    if (cue_.lines.empty()) {
      cue_.span = span;
    }
    if (cue_.lines.empty() || !fits_last_line(length)) {
      cue_.lines.emplace_back(word);
    } else {
      cue_.lines.back().append(" ").append(word);
    }
    cue_.span.end = std::max(cue_.span.end, span.end);
  }
  void end_cue() {
    if (!cue_.lines.empty()) {
      cue_.voice = voice_;
      cues_.push_back(std::exchange(cue_, {}));
    }
  }

 private:
  bool fits_last_line(std::size_t length) const {
    return count_code_points(cue_.lines.back()) + 1 + length <= longest_line;
  }
  bool has_room(std::size_t length) const { return cue_.lines.size() < most_lines || fits_last_line(length); }

  std::string voice_;
  std::vector<Cue>& cues_;
  Cue cue_;
};

std::vector<std::string> split_words(std::string_view text) {
  std::vector<std::string> words;
  while (!(text = trim(text)).empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    words.emplace_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return words;
}

// The time of part `index` of `count` of a span: a guess, for words that come without times of their own.
Span part_of(const Span& span, std::size_t index, std::size_t count) {
  const milliseconds length = span.end - span.start;
  const auto parts = static_cast<milliseconds::rep>(count);
  const auto at = [&](std::size_t i) {
    const auto before = static_cast<milliseconds::rep>(i);
    return span.start + length / parts * before + length % parts * before / parts;  // length * before may be too large
  };
  return {.start = at(index), .end = at(index + 1)};
}

void add_cues(std::vector<Cue>& cues, const Utterance& utterance, std::string voice) {
  CueBuilder builder(std::move(voice), cues);
  if (utterance.words.empty()) {
    const std::vector<std::string> words = split_words(without_controls(utterance.text));
    for (std::size_t i = 0; i < words.size(); ++i) {
      builder.add(words[i], part_of(utterance.span, i, words.size()));
    }
  }
  for (const Word& word : utterance.words) {
    for (const std::string& part : split_words(without_controls(word.text))) {
      builder.add(part, word.span);
    }
  }
  builder.end_cue();
}

// Players show nothing of a cue that takes no time: it stays until the next one, or a little while.
void give_time(std::vector<Cue>& cues) {
  milliseconds next = milliseconds::max();
  for (std::size_t i = cues.size(); i-- > 0;) {
    Span& span = cues[i].span;
    if (i + 1 < cues.size() && cues[i + 1].span.start > span.start) {
      next = cues[i + 1].span.start;
    }
    if (span.end <= span.start) {
      span.end = std::min(span.start + timeless_cue, next);
    }
  }
}

std::string timestamp(milliseconds time, char separator) {
  const auto count = time.count();
  return fmt::format("{:02}:{:02}:{:02}{}{:03}", count / 3'600'000, count / 60'000 % 60, count / 1000 % 60, separator,
                     count % 1000);
}

std::string time_line(const Span& span, char separator) {
  return fmt::format("{} --> {}\n", timestamp(span.start, separator), timestamp(span.end, separator));
}

// SubRip has no escapes, and its readers know the line with the times by its arrow.
std::string without_arrows(std::string text) {
  constexpr std::string_view arrow = "-->";
  for (std::size_t at = text.find(arrow); at != std::string::npos; at = text.find(arrow, at)) {
    text.replace(at, arrow.size(), "-- >");
  }
  return text;
}

std::string escaped_for_vtt(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    switch (c) {
      case '&': escaped += "&amp;"; break;
      case '<': escaped += "&lt;"; break;
      case '>': escaped += "&gt;"; break;
      default: escaped += c;
    }
  }
  return escaped;
}

}  // namespace

std::vector<Cue> cues_of(const deepgram::Transcript& transcript) {
  const deepgram::Voices voices(transcript);
  std::vector<Cue> cues;
  for (const Utterance& utterance : deepgram::utterances_of(transcript)) {
    add_cues(cues, utterance, voices.name(utterance.channel, utterance.speaker));
  }
  std::ranges::stable_sort(cues, {}, [](const Cue& cue) { return cue.span.start; });
  give_time(cues);
  return cues;
}

std::string format_srt(const std::vector<Cue>& cues) {
  std::string text;
  for (std::size_t i = 0; i < cues.size(); ++i) {
    const Cue& cue = cues[i];
    text += fmt::format("{}{}\n{}", i == 0 ? "" : "\n", i + 1, time_line(cue.span, ','));
    for (const std::string& line : cue.lines) {
      const bool is_first = &line == &cue.lines.front();
      text += without_arrows(shown_line(is_first && !cue.voice.empty() ? cue.voice + ": " + line : line)) + "\n";
    }
  }
  return text;
}

std::string format_vtt(const std::vector<Cue>& cues) {
  std::string text = "WEBVTT\n";
  for (const Cue& cue : cues) {
    text += "\n" + time_line(cue.span, '.');
    for (const std::string& line : cue.lines) {
      const bool is_first = &line == &cue.lines.front();
      text += is_first && !cue.voice.empty() ? fmt::format("<v {}>", cue.voice) : "";
      text += shown_line(escaped_for_vtt(line)) + "\n";
    }
  }
  return text;
}

}  // namespace dgauth::transcription
