// SPDX-License-Identifier: MIT
#include "json/event_reader.hpp"

#include <algorithm>
#include <array>

#include "json/number_grammar.hpp"
#include "json/plain_members.hpp"

namespace dgauth::json {
namespace {

enum class Class : std::uint8_t {
  other,
  blank,
  quote,
  comma,
  colon,
  open_object,
  close_object,
  open_array,
  close_array,
  letter,  // that a literal begins with
  number,  // that a number begins with
};

constexpr std::size_t byte_count = 256;

constexpr std::array<Class, byte_count> make_classes() {
  std::array<Class, byte_count> classes{};
  const auto set = [&classes](std::string_view bytes, Class which) {
    for (const char byte : bytes) {
      classes[static_cast<unsigned char>(byte)] = which;
    }
  };
  set(" \t\r\n", Class::blank);
  set("\"", Class::quote);
  set(",", Class::comma);
  set(":", Class::colon);
  set("{", Class::open_object);
  set("}", Class::close_object);
  set("[", Class::open_array);
  set("]", Class::close_array);
  set("tfn", Class::letter);
  set("-0123456789", Class::number);
  return classes;
}

constexpr std::array<Class, byte_count> classes = make_classes();

constexpr Class class_of(char byte) { return classes[static_cast<unsigned char>(byte)]; }

constexpr unsigned bit(Class which) { return 1U << static_cast<unsigned>(which); }

constexpr unsigned begins_value =
    bit(Class::quote) | bit(Class::open_object) | bit(Class::open_array) | bit(Class::number) | bit(Class::letter);

// What may come in the states between two tokens, in their order: value, value_or_end, key_or_end, key, colon,
// after_value, done.
constexpr std::array<unsigned, 7> expected = {begins_value,
                                              begins_value | bit(Class::close_array),
                                              bit(Class::quote) | bit(Class::close_object),
                                              bit(Class::quote),
                                              bit(Class::colon),
                                              bit(Class::comma) | bit(Class::close_object) | bit(Class::close_array),
                                              0};

}  // namespace

bool EventReader::feed(std::string_view piece) {
  Cursor in{piece.data(), piece.data() + piece.size()};
  State state = state_;
  while (in.at != in.end && state != State::refused) {
    switch (state) {
      case State::string: state = read_string(in); break;
      case State::escape: state = read_escape(in); break;
      case State::unicode: state = read_unicode(in); break;
      case State::continuation: state = read_continuation(in); break;
      case State::literal: state = read_literal(in); break;
      case State::number: state = read_number(in); break;
      default: state = read_structure(state, in);
    }
  }
  state_ = state;
  return state != State::refused;
}

bool EventReader::finish() {
  if (state_ == State::number && depth_ == 0 && is_whole_number(number_state_)) {
    if (listener_ != nullptr) {
      listener_->end_number();
    }
    state_ = State::done;
  }
  return state_ == State::done;
}

EventReader::State EventReader::read_structure(State state, Cursor& in) {
  const char byte = *in.at;
  const Class which = class_of(byte);
  if (which == Class::blank) {
    ++in.at;
    return state;
  }
  if ((expected[static_cast<std::size_t>(state)] & bit(which)) == 0) {
    return State::refused;
  }
  if (which == Class::number) {
    number_state_ = NumberState::nothing;
    return State::number;
  }
  is_key_ = state == State::key || state == State::key_or_end;
  if (is_key_ && which == Class::quote && listener_ == nullptr) {
    in.at = skip_plain_members(in.at, in.end, depth_ > unwanted_depth_ && depth_ > 1 && !is_object_[depth_ - 2]);
  }
  ++in.at;
  switch (which) {
    case Class::quote: return State::string;
    case Class::comma: return is_object_[depth_ - 1] ? State::key : State::value;
    case Class::open_object: return open(true);
    case Class::close_object: return close(true);
    case Class::open_array: return open(false);
    case Class::close_array: return close(false);
    case Class::letter: return begin_literal(byte);
    default: return State::value;  // a colon
  }
}

EventReader::State EventReader::open(bool is_object) {
  if (depth_ == most_levels) {
    return State::refused;
  }
  is_object_[depth_++] = is_object;
  if (listener_ != nullptr && !(is_object ? listener_->begin_object() : listener_->begin_array())) {
    listener_ = nullptr;
    unwanted_depth_ = depth_;
  }
  return is_object ? State::key_or_end : State::value_or_end;
}

EventReader::State EventReader::close(bool is_object) {
  if (is_object_[depth_ - 1] != is_object) {
    return State::refused;
  }
  if (listener_ != nullptr) {
    is_object ? listener_->end_object() : listener_->end_array();
  } else if (depth_ == unwanted_depth_) {
    listener_ = handler_;
  }
  --depth_;
  return end_value();
}

EventReader::State EventReader::begin_literal(char first) {
  literal_ = first == 't' ? "true" : first == 'f' ? "false" : "null";
  literal_read_ = 1;
  return State::literal;
}

EventReader::State EventReader::read_literal(Cursor& in) {
  for (; in.at != in.end && literal_read_ < literal_.size(); ++in.at, ++literal_read_) {
    if (*in.at != literal_[literal_read_]) {
      return State::refused;
    }
  }
  if (literal_read_ < literal_.size()) {
    return State::literal;
  }
  if (listener_ != nullptr) {
    listener_->literal(literal_);
  }
  return end_value();
}

EventReader::State EventReader::read_number(Cursor& in) {
  const char* const begin = in.at;
  while (in.at != in.end) {
    const NumberState next = next_in_number(number_state_, *in.at);
    if (next == NumberState::ended) {
      break;
    }
    number_state_ = next;
    ++in.at;
    if (is_in_digits(next)) {
      in.at = std::find_if_not(in.at, in.end, is_digit);
    }
  }
  if (listener_ != nullptr && in.at != begin) {
    listener_->number_part({begin, in.at});
  }
  if (in.at == in.end) {
    return State::number;
  }
  if (!is_whole_number(number_state_)) {
    return State::refused;
  }
  if (listener_ != nullptr) {
    listener_->end_number();
  }
  return end_value();
}

}  // namespace dgauth::json
