// SPDX-License-Identifier: MIT
#include "deepgram/transcript_reader.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "json/number_grammar.hpp"

namespace dgauth::deepgram {
namespace {

using Place = TranscriptReader::Place;
using Shape = TranscriptReader::Shape;

constexpr double longest_media = 1e9;  // seconds: more is nonsense, and would not fit
constexpr int highest_number = 9999;   // of a channel or a speaker
constexpr std::size_t longest_key = 32;
constexpr std::size_t longest_number = 1024;
// What is kept of an element takes more memory than `0,` does in the body. One of a real answer takes more than this in
// the body; some may be empty.
constexpr std::size_t least_element = 48;
constexpr std::size_t most_empty_elements = 1000;

// Where the answer holds what: the API reference of POST /v1/listen.
struct Member {
  Place in;
  std::string_view name;
  Place place;
};

constexpr std::array members = {
    Member{Place::root, "results", Place::results},
    Member{Place::results, "channels", Place::channels},
    Member{Place::results, "utterances", Place::utterances},
    Member{Place::channel, "alternatives", Place::alternatives},
    Member{Place::alternative, "transcript", Place::channel_text},
    Member{Place::alternative, "words", Place::words},
    Member{Place::alternative, "paragraphs", Place::paragraphs},
    Member{Place::paragraphs, "paragraphs", Place::paragraph_list},
    Member{Place::paragraph, "sentences", Place::sentences},
    Member{Place::sentence, "text", Place::sentence_text},
    Member{Place::word, "word", Place::word_as_heard},
    Member{Place::word, "punctuated_word", Place::word_punctuated},
    Member{Place::word, "start", Place::word_start},
    Member{Place::word, "end", Place::word_end},
    Member{Place::word, "speaker", Place::word_speaker},
    Member{Place::utterance, "transcript", Place::utterance_text},
    Member{Place::utterance, "start", Place::utterance_start},
    Member{Place::utterance, "end", Place::utterance_end},
    Member{Place::utterance, "channel", Place::utterance_channel},
    Member{Place::utterance, "speaker", Place::utterance_speaker},
    Member{Place::utterance, "words", Place::words},
};
static_assert(members.size() <= 32, "Level::members_seen has a bit for each");

Place element_of(Place array) {
  switch (array) {
    case Place::channels: return Place::channel;
    case Place::alternatives: return Place::alternative;
    case Place::words: return Place::word;
    case Place::paragraph_list: return Place::paragraph;
    case Place::sentences: return Place::sentence;
    case Place::utterances: return Place::utterance;
    default: return Place::nowhere;
  }
}

Shape shape_of(Place place) {
  switch (place) {
    case Place::channels:
    case Place::alternatives:
    case Place::words:
    case Place::paragraph_list:
    case Place::sentences:
    case Place::utterances: return Shape::array;
    case Place::channel_text:
    case Place::word_as_heard:
    case Place::word_punctuated:
    case Place::sentence_text:
    case Place::utterance_text: return Shape::string;
    case Place::word_start:
    case Place::word_end:
    case Place::word_speaker:
    case Place::utterance_start:
    case Place::utterance_end:
    case Place::utterance_channel:
    case Place::utterance_speaker: return Shape::number;
    default: return Shape::object;
  }
}

// What of another shape is not a transcript.
bool is_needed(Place place) {
  return place == Place::channel || place == Place::alternatives || place == Place::alternative ||
         place == Place::channel_text;
}

std::chrono::milliseconds time_of(std::optional<double> number) {
  const double seconds = std::clamp(number.value_or(0), 0.0, longest_media);
  return std::chrono::round<std::chrono::milliseconds>(std::chrono::duration<double>(seconds));
}

std::optional<int> count_of(std::optional<double> number) {
  return number && *number >= 0 && *number <= highest_number ? std::optional(static_cast<int>(*number)) : std::nullopt;
}

void order(Span& span) { span.end = std::max(span.start, span.end); }

}  // namespace

Result<void> TranscriptReader::feed(std::string_view piece) {
  bytes_ += piece.size();
  return body_.feed(piece);
}

Result<Transcript> TranscriptReader::finish() {
  TRY(body_.finish());
  if (!has_channels_ || is_nonsense_) {
    return fail(body_.nonsense("the response contains no transcript"));
  }
  std::ranges::stable_sort(transcript_.utterances, {}, [](const Utterance& each) { return each.span.start; });
  return std::move(transcript_);
}

// The place of the value that begins, if it has the right shape.
Place TranscriptReader::begin_value(Shape shape) {
  const Place place = take_place();
  add_element(place);
  if (place == Place::nowhere || shape_of(place) == shape) {
    return place;
  }
  is_nonsense_ = is_nonsense_ || is_needed(place);
  return Place::nowhere;
}

Place TranscriptReader::take_place() {
  if (levels_.empty()) {
    return Place::root;
  }
  Level& level = levels_.back();
  if (shape_of(level.place) == Shape::object) {
    return std::exchange(level.next, Place::nowhere);
  }
  const bool is_first = !std::exchange(level.has_elements, true);
  return is_first || level.place != Place::alternatives ? element_of(level.place) : Place::nowhere;
}

// Whatever its shape, an element counts.
void TranscriptReader::add_element(Place place) {
  if (is_nonsense_) {
    return;
  }
  switch (place) {
    case Place::channel: transcript_.channels.emplace_back(); break;
    case Place::utterance: transcript_.utterances.emplace_back(); break;
    case Place::paragraph: transcript_.channels.back().paragraphs.emplace_back(); break;
    case Place::word:
      words().emplace_back();
      word_as_heard_.clear();
      break;
    case Place::sentence:
      if (std::string& paragraph = transcript_.channels.back().paragraphs.back(); !paragraph.empty()) {
        paragraph += ' ';
      }
      break;
    default: return;
  }
  is_nonsense_ = is_nonsense_ || ++elements_ > most_empty_elements + bytes_ / least_element;
}

bool TranscriptReader::begin(Shape shape) {
  const Place place = begin_value(shape);
  if (place == Place::nowhere || is_nonsense_) {
    return false;
  }
  has_channels_ = has_channels_ || place == Place::channels;
  levels_.push_back({.place = place});
  return true;
}

void TranscriptReader::end() {
  const Place place = levels_.back().place;
  if (place == Place::word) {
    if (word().text.empty()) {
      word().text = word_as_heard_;
    }
    order(word().span);
  } else if (place == Place::utterance) {
    order(utterance().span);
  }
  levels_.pop_back();
}

void TranscriptReader::key_part(std::string_view part) { key_ += part.substr(0, longest_key - key_.size()); }

void TranscriptReader::end_key() {
  Level& level = levels_.back();
  const auto* const row =
      std::ranges::find_if(members, [&](const Member& each) { return each.in == level.place && each.name == key_; });
  key_.clear();
  level.next = Place::nowhere;
  if (row == members.end()) {
    return;
  }
  const std::uint32_t bit = 1U << static_cast<unsigned>(row - members.begin());
  if ((level.members_seen & bit) == 0) {
    level.members_seen |= bit;
    level.next = row->place;
  }
}

void TranscriptReader::string_part(std::string_view part) {
  if (!std::exchange(is_in_string_, true)) {
    text_ = text_at(begin_value(Shape::string));
  }
  if (text_ != nullptr) {
    *text_ += part;
  }
}

void TranscriptReader::end_string() {
  string_part({});
  is_in_string_ = false;
  text_ = nullptr;
}

std::string* TranscriptReader::text_at(Place place) {
  switch (place) {
    case Place::channel_text: return &transcript_.channels.back().text;
    case Place::sentence_text: return &transcript_.channels.back().paragraphs.back();
    case Place::word_as_heard: return &word_as_heard_;
    case Place::word_punctuated: return &word().text;
    case Place::utterance_text: return &utterance().text;
    default: return nullptr;
  }
}

std::vector<Word>& TranscriptReader::words() {
  constexpr std::size_t list = 2;  // below the root and its results
  return levels_[list].place == Place::utterances ? utterance().words : transcript_.channels.back().words;
}

void TranscriptReader::number_part(std::string_view part) {
  number_ += part.substr(0, longest_number - number_.size());
}

void TranscriptReader::end_number() {
  take_number(begin_value(Shape::number), number_.size() < longest_number ? json::number_of(number_) : std::nullopt);
  number_.clear();
}

void TranscriptReader::take_number(Place place, std::optional<double> number) {
  switch (place) {
    case Place::word_start: word().span.start = time_of(number); break;
    case Place::word_end: word().span.end = time_of(number); break;
    case Place::word_speaker: word().speaker = count_of(number); break;
    case Place::utterance_start: utterance().span.start = time_of(number); break;
    case Place::utterance_end: utterance().span.end = time_of(number); break;
    case Place::utterance_channel: utterance().channel = count_of(number).value_or(0); break;
    case Place::utterance_speaker: utterance().speaker = count_of(number); break;
    default: break;
  }
}

}  // namespace dgauth::deepgram
