// SPDX-License-Identifier: MIT
#include "json/writer.hpp"

#include <algorithm>

#include "base/utf8.hpp"
#include "base/wiping_allocator.hpp"
#include "json/rapidjson_memory.hpp"

#include <rapidjson/stringbuffer.h>  // behind its settings
#include <rapidjson/writer.h>

namespace dgauth::json {

struct Writer::State {
  using Buffer = rapidjson::GenericStringBuffer<rapidjson::UTF8<>, RapidJsonMemory>;

  Buffer buffer;
  rapidjson::Writer<Buffer, rapidjson::UTF8<>, rapidjson::UTF8<>, RapidJsonMemory> writer{buffer};
};

Writer::Writer() : state_(std::make_unique<State>()) {}
Writer::Writer(Writer&&) noexcept = default;
Writer::~Writer() = default;

Writer& Writer::begin_object() {
  state_->writer.StartObject();
  return *this;
}

Writer& Writer::end_object() {
  state_->writer.EndObject();
  return *this;
}

Writer& Writer::begin_array() {
  state_->writer.StartArray();
  return *this;
}

Writer& Writer::end_array() {
  state_->writer.EndArray();
  return *this;
}

Writer& Writer::key(std::string_view name) {
  state_->writer.Key(name.data(), static_cast<rapidjson::SizeType>(name.size()));
  return *this;
}

Writer& Writer::string(std::string_view text) {
  if (!is_utf8(text)) {
    return string(valid_utf8(text));  // never a token, so no secret is copied
  }
  state_->writer.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
  return *this;
}

Writer& Writer::number(std::int64_t number) {
  state_->writer.Int64(number);
  return *this;
}

Writer& Writer::boolean(bool value) {
  state_->writer.Bool(value);
  return *this;
}

Writer& Writer::null() {
  state_->writer.Null();
  return *this;
}

Writer& Writer::verbatim(std::string_view text) {
  WipedString line(text);
  std::ranges::replace_if(
      line, [](char c) { return c == '\n' || c == '\r'; }, ' ');
  state_->writer.RawValue(line.data(), line.size(), rapidjson::kObjectType);
  return *this;
}

Writer& Writer::string_or_null(std::string_view text) { return text.empty() ? null() : string(text); }

Writer& Writer::number_or_null(std::optional<std::int64_t> value) { return value ? number(*value) : null(); }

std::string_view Writer::text() const { return {state_->buffer.GetString(), state_->buffer.GetSize()}; }

}  // namespace dgauth::json
