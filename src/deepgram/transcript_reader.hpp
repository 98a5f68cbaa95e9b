// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "deepgram/answer_body.hpp"
#include "deepgram/transcript.hpp"

namespace dgauth::deepgram {

// Reads a Transcript from the body of a success as it comes. Keeps the transcript and nothing else of it: members may
// come in any order, unknown ones are skipped, and of several with one name the first counts. Every error is of
// ErrorKind::service.
class TranscriptReader final : private json::EventHandler {
 public:
  TranscriptReader() = default;
  TranscriptReader(const TranscriptReader&) = delete;
  TranscriptReader& operator=(const TranscriptReader&) = delete;

  // An error as soon as the body cannot be JSON any more.
  Result<void> feed(std::string_view piece);
  // What was heard. An error if the body, which ends here, is not whole, or holds no `results` with `channels` that are
  // what they should be, or more elements without content than any answer has. What else is missing counts as empty.
  Result<Transcript> finish();

  // What a value is, by its place in the answer.
  enum class Place : std::uint8_t {
    nowhere,  // of interest
    root,
    results,
    channels,
    channel,
    alternatives,
    alternative,
    channel_text,
    words,
    word,
    word_as_heard,
    word_punctuated,
    word_start,
    word_end,
    word_speaker,
    paragraphs,
    paragraph_list,
    paragraph,
    sentences,
    sentence,
    sentence_text,
    utterances,
    utterance,
    utterance_text,
    utterance_start,
    utterance_end,
    utterance_channel,
    utterance_speaker,
  };
  enum class Shape : std::uint8_t { object, array, string, number, literal };

 private:
  // An object or array that has begun and not ended.
  struct Level {
    Place place;
    std::uint32_t members_seen = 0;  // a bit for each row of the table
    bool has_elements = false;
    Place next = Place::nowhere;  // of an object: the value of the key that has just come
  };

  bool begin_object() override { return begin(Shape::object); }
  void end_object() override { end(); }
  bool begin_array() override { return begin(Shape::array); }
  void end_array() override { end(); }
  void key_part(std::string_view part) override;
  void end_key() override;
  void string_part(std::string_view part) override;
  void end_string() override;
  void number_part(std::string_view part) override;
  void end_number() override;
  void literal(std::string_view /*word*/) override { begin_value(Shape::literal); }

  Place begin_value(Shape shape);
  Place take_place();
  void add_element(Place place);
  bool begin(Shape shape);
  void end();
  void take_number(Place place, std::optional<double> number);
  std::string* text_at(Place place);
  std::vector<Word>& words();
  Word& word() { return words().back(); }
  Utterance& utterance() { return transcript_.utterances.back(); }

  AnswerBody body_{*this};
  std::size_t bytes_ = 0;     // that have come
  std::size_t elements_ = 0;  // that are kept
  Transcript transcript_;
  bool has_channels_ = false;
  bool is_nonsense_ = false;
  std::vector<Level> levels_;
  std::string key_;
  bool is_in_string_ = false;
  std::string* text_ = nullptr;  // where the string goes that is being read; null: nowhere
  std::string number_;
  std::string word_as_heard_;  // of the last word
};

}  // namespace dgauth::deepgram
