// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/secret.hpp"

namespace dgauth::json {

// Writes one compact JSON text, token by token, in the order of the calls. Strings may hold any bytes; those that are
// not UTF-8 are written as U+FFFD. The text is wiped when the Writer is destroyed, since it may hold a token.
class Writer {
 public:
  Writer();
  Writer(Writer&&) noexcept;
  ~Writer();

  Writer& begin_object();
  Writer& end_object();
  Writer& begin_array();
  Writer& end_array();
  Writer& key(std::string_view name);

  Writer& string(std::string_view text);
  Writer& string(const char* text) { return string(std::string_view(text)); }
  Writer& string(const std::string& text) { return string(std::string_view(text)); }
  Writer& string(const Secret& text) { return string(text.reveal()); }
  Writer& number(std::int64_t number);
  Writer& boolean(bool value);
  Writer& null();
  // Writes `text`, which must be one JSON value: a reply of the service, say. Newlines in it, which JSON allows only
  // between tokens, become spaces.
  Writer& verbatim(std::string_view text);

  // null if the text is empty, or the number nullopt.
  Writer& string_or_null(std::string_view text);
  Writer& number_or_null(std::optional<std::int64_t> number);

  // The text so far; complete once every object and array has ended.
  std::string_view text() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace dgauth::json
