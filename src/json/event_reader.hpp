// SPDX-License-Identifier: MIT
#pragma once

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "json/number_grammar.hpp"

namespace dgauth::json {

// Told by an EventReader what a JSON text holds, in the order of the text. A key, a string and a number come in any
// number of parts, also none, and then their end. Parts of keys and strings are UTF-8 without escapes and may end
// within a character; half of a surrogate pair, which only an escape can write, becomes U+FFFD.
class EventHandler {
 public:
  virtual ~EventHandler() = default;

  // Whether the members are wanted. If not, nothing more is told of this object, its end included.
  virtual bool begin_object() = 0;
  virtual void end_object() = 0;
  // The same for an array.
  virtual bool begin_array() = 0;
  virtual void end_array() = 0;

  virtual void key_part(std::string_view part) = 0;
  virtual void end_key() = 0;
  virtual void string_part(std::string_view part) = 0;
  virtual void end_string() = 0;
  virtual void number_part(std::string_view part) = 0;
  virtual void end_number() = 0;
  // "true", "false" or "null".
  virtual void literal(std::string_view word) = 0;
};

// Reads a JSON text (RFC 8259) that comes in pieces, cut anywhere, and keeps nothing of it: its memory does not grow.
// Refuses NUL, control characters in strings, invalid UTF-8 and a byte order mark. An escaped half of a surrogate pair
// is allowed, as the grammar has it.
class EventReader {
 public:
  static constexpr std::size_t most_levels = 1000;  // of nesting: a deeper text is refused

  // `handler` must outlive it. Without one the text is only checked.
  explicit EventReader(EventHandler* handler = nullptr) : handler_(handler), listener_(handler) {}

  // Reads on. False if all that came is not the beginning of a JSON text.
  bool feed(std::string_view piece);
  // Whether the text, which ends here, was exactly one value.
  bool finish();

 private:
  // What the next byte belongs to.
  enum class State : std::uint8_t {
    value,
    value_or_end,  // right behind [
    key_or_end,    // right behind {
    key,
    colon,
    after_value,
    done,
    string,
    escape,
    unicode,       // the digits of \u
    continuation,  // of a UTF-8 sequence
    literal,
    number,
    refused,
  };
  // What is left of a piece.
  struct Cursor {
    const char* at;
    const char* end;
  };

  State read_structure(State state, Cursor& in);
  State read_string(Cursor& in);
  State read_escape(Cursor& in);
  State read_unicode(Cursor& in);
  State read_continuation(Cursor& in);
  State read_literal(Cursor& in);
  State read_number(Cursor& in);
  State begin_literal(char first);
  State begin_sequence(Cursor& in);
  State open(bool is_object);
  State close(bool is_object);
  State end_string();
  void end_code_unit();
  State end_value() const { return depth_ == 0 ? State::done : State::after_value; }
  void tell_text(std::string_view part);
  void end_half_pair();

  EventHandler* handler_;
  EventHandler* listener_;  // null while nothing is wanted
  std::bitset<most_levels> is_object_;
  std::size_t depth_ = 0;
  std::size_t unwanted_depth_ = 0;  // nothing is wanted at this depth and below
  State state_ = State::value;
  NumberState number_state_ = NumberState::nothing;
  bool is_key_ = false;           // the string that is being read
  unsigned char least_next_ = 0;  // of the next byte of a UTF-8 sequence
  unsigned char most_next_ = 0;
  int bytes_missing_ = 0;   // of the sequence
  int digits_missing_ = 0;  // of \u
  char32_t code_unit_ = 0;  // of the digits so far
  char32_t high_half_ = 0;  // of a surrogate pair that has just come; 0: none
  std::string_view literal_;
  std::size_t literal_read_ = 0;  // so much of it has come
};

}  // namespace dgauth::json
