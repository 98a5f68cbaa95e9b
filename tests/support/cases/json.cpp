// SPDX-License-Identifier: MIT
#include "support/cases/json.hpp"

#include <set>
#include <stdexcept>

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

namespace dgauth::cases {
namespace {

void refuse_twins(const Json& value) {
  if (value.IsArray()) {
    for (const Json& item : value.GetArray()) {
      refuse_twins(item);
    }
  } else if (value.IsObject()) {
    std::set<std::string> names;
    for (const auto& [name, item] : value.GetObject()) {
      if (!names.insert(string_of(name)).second) {
        throw std::runtime_error("a member stands twice: " + string_of(name));
      }
      refuse_twins(item);
    }
  }
}

}  // namespace

JsonDocument parse_json(std::string_view text) {
  JsonDocument document;
  document.Parse<rapidjson::kParseFullPrecisionFlag>(text.data(), text.size());
  if (document.HasParseError()) {
    throw std::runtime_error("not JSON from byte " + std::to_string(document.GetErrorOffset()));
  }
  refuse_twins(document);
  return document;
}

std::string string_of(const Json& value) {
  if (!value.IsString()) {
    throw std::runtime_error("not a string: " + json_text(value));
  }
  return {value.GetString(), value.GetStringLength()};
}

std::string json_text(const Json& value) {
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
  value.Accept(writer);
  return {buffer.GetString(), buffer.GetSize()};
}

std::string shown(const Json& value) { return value.IsString() ? string_of(value) : json_text(value); }

const Json* member(const Json& object, std::string_view name) {
  if (!object.IsObject()) {
    throw std::runtime_error("not an object: " + json_text(object));
  }
  for (const auto& [key, value] : object.GetObject()) {
    if (string_of(key) == name) {
      return &value;
    }
  }
  return nullptr;
}

bool has(const Json& object, std::string_view name) { return member(object, name) != nullptr; }

}  // namespace dgauth::cases
