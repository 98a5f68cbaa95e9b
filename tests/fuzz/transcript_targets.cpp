// SPDX-License-Identifier: MIT
#include <cstdio>
#include <string>
#include <vector>

#include "base/shown.hpp"
#include "base/text.hpp"
#include "deepgram/voices.hpp"
#include "fuzz/promise.hpp"
#include "fuzz/targets.hpp"
#include "transcription/captions.hpp"
#include "transcription/transcript_text.hpp"

namespace dgauth::fuzz {
namespace {

using deepgram::Span;
using deepgram::Transcript;
using deepgram::Utterance;
using deepgram::Word;
using std::chrono::milliseconds;
using transcription::Cue;

constexpr std::size_t longest_line = 42;
constexpr milliseconds longest_cue{7000};

std::vector<std::string> parts_of(std::string_view text, std::string_view separator) {
  std::vector<std::string> parts;
  std::size_t end = text.find(separator);
  for (; end != std::string_view::npos; end = text.find(separator)) {
    parts.emplace_back(text.substr(0, end));
    text.remove_prefix(end + separator.size());
  }
  parts.emplace_back(text);
  return parts;
}

void promise_span(const Span& span) { promise(span.start.count() >= 0 && span.end >= span.start); }

// Whole lines, fit for a terminal and a log.
void promise_shown(std::string_view text) {
  promise(text.empty() || text.ends_with('\n'));
  for (const std::string& line : parts_of(text, "\n")) {
    promise(is_harmless_line(line) && without_controls(line) == line);
    promise(!trim(line).starts_with("::") && line.find("##[") == std::string::npos &&
            line.find("##vso[") == std::string::npos);
  }
}

// Promises of the words, too, and returns the longest time that one of them takes: a cue cannot be shorter.
milliseconds longest_of(const std::vector<Word>& words) {
  milliseconds longest{};
  for (const Word& word : words) {
    promise(is_utf8(word.text));
    promise_span(word.span);
    longest = std::max(longest, word.span.end - word.span.start);
  }
  return longest;
}

milliseconds longest_of(const std::vector<Utterance>& utterances) {
  milliseconds longest{};
  for (const Utterance& utterance : utterances) {
    promise(is_utf8(utterance.text));
    promise_span(utterance.span);
    longest = std::max(
        longest, utterance.words.empty() ? utterance.span.end - utterance.span.start : longest_of(utterance.words));
  }
  return longest;
}

void promise_cue(const Cue& cue, milliseconds longest) {
  promise_span(cue.span);
  promise(cue.span.end > cue.span.start);
  promise(cue.span.end - cue.span.start <= std::max(longest_cue, longest));
  promise(cue.lines.size() == 1 || cue.lines.size() == 2);
  for (const std::string& line : cue.lines) {
    promise(shortened(line, longest_line) == line || line.find(' ') == std::string::npos);
  }
}

// Nothing but a time in the form of captions.
bool is_time(const std::string& text, milliseconds time, char mark) {
  long long hours = 0;
  int minutes = 0;
  int seconds = 0;
  char found = 0;
  int rest = 0;
  return std::sscanf(text.c_str(), "%lld:%2d:%2d%c%3d", &hours, &minutes, &seconds, &found, &rest) == 5 &&
         text.size() >= 12 && minutes < 60 && seconds < 60 && found == mark &&
         ((hours * 60 + minutes) * 60 + seconds) * 1000 + rest == time.count();
}

// The lines of a cue in a file: the time, then as many as it has. None is empty: that would end the cue.
void promise_cue_lines(const std::vector<std::string>& lines, std::size_t time_line, const Cue& cue, char mark) {
  promise(lines.size() == time_line + 1 + cue.lines.size());
  const std::vector<std::string> times = parts_of(lines[time_line], " --> ");
  promise(times.size() == 2 && is_time(times[0], cue.span.start, mark) && is_time(times[1], cue.span.end, mark));
  promise(std::ranges::none_of(lines, &std::string::empty));
}

std::vector<std::string> blocks_of(std::string_view text) {
  promise(text.ends_with('\n'));
  text.remove_suffix(1);
  return parts_of(text, "\n\n");
}

void promise_srt(const std::string& text, const std::vector<Cue>& cues) {
  promise_shown(text);
  promise(text.empty() == cues.empty());
  if (cues.empty()) {
    return;
  }
  const std::vector<std::string> blocks = blocks_of(text);
  promise(blocks.size() == cues.size());
  for (std::size_t i = 0; i < cues.size(); ++i) {
    const std::vector<std::string> lines = parts_of(blocks[i], "\n");
    promise(lines.front() == std::to_string(i + 1));
    promise_cue_lines(lines, 1, cues[i], ',');
    promise(cues[i].voice.empty() || lines[2].starts_with(cues[i].voice + ": "));
  }
}

// W3C: a cue's text has no `-->`; `<` begins a tag.
void promise_vtt(const std::string& text, const std::vector<Cue>& cues) {
  promise_shown(text);
  const std::vector<std::string> blocks = blocks_of(text);
  promise(blocks.size() == cues.size() + 1 && blocks.front() == "WEBVTT");
  for (std::size_t i = 0; i < cues.size(); ++i) {
    std::vector<std::string> lines = parts_of(blocks[i + 1], "\n");
    promise_cue_lines(lines, 0, cues[i], '.');
    if (const std::string tag = "<v " + cues[i].voice + ">"; !cues[i].voice.empty()) {
      promise(lines[1].starts_with(tag));
      lines[1].erase(0, tag.size());
    }
    promise(std::ranges::none_of(lines.begin() + 1, lines.end(), [](const std::string& line) {
      return line.find_first_of("<>") != std::string::npos;
    }));
  }
}

}  // namespace

int fuzz_transcript(std::string_view bytes) {
  if (const Result<std::string> id = deepgram::decode_callback_reply(bytes)) {
    promise(!id->empty());
    promise_shown(shown_line(*id) + "\n");
  } else {
    promise_message(id.error(), {ErrorKind::service});
  }
  const Result<Transcript> transcript = deepgram::decode_transcript(bytes);
  if (!transcript) {
    promise_message(transcript.error(), {ErrorKind::service});
    return 0;
  }
  const milliseconds longest = longest_of(deepgram::utterances_of(*transcript));
  const std::string text = transcription::format_transcript(*transcript);
  promise(text.ends_with('\n'));
  promise_shown(text);
  const std::vector<Cue> cues = transcription::cues_of(*transcript);
  promise(std::ranges::is_sorted(cues, {}, [](const Cue& cue) { return cue.span.start; }));
  for (const Cue& cue : cues) {
    promise_cue(cue, longest);
  }
  promise_srt(transcription::format_srt(cues), cues);
  promise_vtt(transcription::format_vtt(cues), cues);
  return 0;
}

}  // namespace dgauth::fuzz
