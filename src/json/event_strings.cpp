// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <string>

#include "base/utf8.hpp"
#include "json/event_reader.hpp"
#include "json/plain_members.hpp"

// The strings of an EventReader: what they consist of, and what of it is told.
namespace dgauth::json {
namespace {

// Surrogates (Unicode, section 3.9): a high one and a low one together are a code point that does not fit into 16 bits.
constexpr char32_t first_high = 0xD800;
constexpr char32_t first_low = 0xDC00;
constexpr char32_t behind_low = 0xE000;
constexpr char32_t first_of_pairs = 0x10000;

// Unicode, table 3-7: what may follow the first byte of a sequence.
struct Lead {
  unsigned char first, last;  // the bytes that this row is about
  int following;
  unsigned char least, most;  // of the byte behind it
};

constexpr unsigned char least_continuation = 0x80;
constexpr unsigned char most_continuation = 0xBF;

constexpr std::array leads = {
    Lead{0xC2, 0xDF, 1, least_continuation, most_continuation}, Lead{0xE0, 0xE0, 2, 0xA0, most_continuation},
    Lead{0xE1, 0xEC, 2, least_continuation, most_continuation}, Lead{0xED, 0xED, 2, least_continuation, 0x9F},
    Lead{0xEE, 0xEF, 2, least_continuation, most_continuation}, Lead{0xF0, 0xF0, 3, 0x90, most_continuation},
    Lead{0xF1, 0xF3, 3, least_continuation, most_continuation}, Lead{0xF4, 0xF4, 3, least_continuation, 0x8F},
};

}  // namespace

EventReader::State EventReader::read_string(Cursor& in) {
  if (high_half_ != 0 && *in.at != '\\') {
    end_half_pair();
  }
  const char* const begin = in.at;
  in.at = skip_plain_text(in.at, in.end);
  if (in.at != begin) {
    tell_text({begin, in.at});
  }
  if (in.at == in.end) {
    return State::string;
  }
  switch (*in.at) {
    case '"': ++in.at; return end_string();
    case '\\': ++in.at; return State::escape;
    default: return begin_sequence(in);
  }
}

EventReader::State EventReader::end_string() {
  if (listener_ != nullptr) {
    is_key_ ? listener_->end_key() : listener_->end_string();
  }
  return is_key_ ? State::colon : end_value();
}

EventReader::State EventReader::begin_sequence(Cursor& in) {
  const auto byte = static_cast<unsigned char>(*in.at);
  const auto* const lead =
      std::ranges::find_if(leads, [byte](const Lead& each) { return byte >= each.first && byte <= each.last; });
  if (lead == leads.end()) {
    return State::refused;
  }
  bytes_missing_ = lead->following;
  least_next_ = lead->least;
  most_next_ = lead->most;
  tell_text({in.at++, 1});
  return State::continuation;
}

EventReader::State EventReader::read_continuation(Cursor& in) {
  const char* const begin = in.at;
  for (; in.at != in.end && bytes_missing_ > 0; ++in.at, --bytes_missing_) {
    const auto byte = static_cast<unsigned char>(*in.at);
    if (byte < least_next_ || byte > most_next_) {
      return State::refused;
    }
    least_next_ = least_continuation;
    most_next_ = most_continuation;
  }
  tell_text({begin, in.at});
  return bytes_missing_ == 0 ? State::string : State::continuation;
}

EventReader::State EventReader::read_escape(Cursor& in) {
  constexpr std::string_view names = "\"\\/bfnrt";
  constexpr std::string_view meanings = "\"\\/\b\f\n\r\t";
  const char name = *in.at++;
  if (name == 'u') {
    digits_missing_ = 4;
    code_unit_ = 0;
    return State::unicode;
  }
  end_half_pair();
  const std::size_t found = names.find(name);
  if (found == std::string_view::npos) {
    return State::refused;
  }
  tell_text(meanings.substr(found, 1));
  return State::string;
}

EventReader::State EventReader::read_unicode(Cursor& in) {
  constexpr std::string_view digits = "0123456789abcdef";
  for (; in.at != in.end && digits_missing_ > 0; ++in.at, --digits_missing_) {
    const char lower = *in.at >= 'A' && *in.at <= 'F' ? static_cast<char>(*in.at - 'A' + 'a') : *in.at;
    const std::size_t value = digits.find(lower);
    if (value == std::string_view::npos) {
      return State::refused;
    }
    code_unit_ = static_cast<char32_t>(code_unit_ * digits.size() + value);
  }
  if (digits_missing_ > 0) {
    return State::unicode;
  }
  end_code_unit();
  return State::string;
}

void EventReader::end_code_unit() {
  const bool is_high = code_unit_ >= first_high && code_unit_ < first_low;
  const bool is_low = code_unit_ >= first_low && code_unit_ < behind_low;
  if (is_low && high_half_ != 0) {
    const char32_t code_point = first_of_pairs + ((high_half_ - first_high) << 10U) + (code_unit_ - first_low);
    high_half_ = 0;
    tell_text(to_utf8(code_point));
    return;
  }
  end_half_pair();
  if (is_high) {
    high_half_ = code_unit_;
  } else {
    tell_text(is_low ? std::string(replacement_character) : to_utf8(code_unit_));
  }
}

void EventReader::end_half_pair() {
  if (high_half_ != 0) {
    high_half_ = 0;
    tell_text(replacement_character);
  }
}

void EventReader::tell_text(std::string_view part) {
  if (listener_ != nullptr) {
    is_key_ ? listener_->key_part(part) : listener_->string_part(part);
  }
}

}  // namespace dgauth::json
