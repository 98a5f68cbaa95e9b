// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#define RAPIDJSON_ASSERT(condition) ((condition) ? static_cast<void>(0) : std::abort())
#include <cstdlib>

#include <rapidjson/document.h>

// JSON that can be iterated over and changed, for the cases only.
namespace dgauth::cases {

using Json = rapidjson::Value;
using JsonDocument = rapidjson::Document;

// Throws std::runtime_error if `text` is not one JSON value, or if an object in it says something twice.
JsonDocument parse_json(std::string_view text);

std::string string_of(const Json& value);
// Compact, in the order of the members.
std::string json_text(const Json& value);
// Of strings, and of anything else its JSON.
std::string shown(const Json& value);

// nullptr if there is none.
const Json* member(const Json& object, std::string_view name);
bool has(const Json& object, std::string_view name);

// A copy of `value` in which `change` has made another string of every string, names of members included.
template <typename Change>
Json with_strings(const Json& value, JsonDocument::AllocatorType& memory, const Change& change) {
  if (value.IsString()) {
    return change(value);
  }
  Json copy;
  if (value.IsArray()) {
    copy.SetArray();
    for (const Json& item : value.GetArray()) {
      copy.PushBack(with_strings(item, memory, change), memory);
    }
  } else if (value.IsObject()) {
    copy.SetObject();
    for (const auto& [name, item] : value.GetObject()) {
      copy.AddMember(change(name), with_strings(item, memory, change), memory);
    }
  } else {
    copy.CopyFrom(value, memory);
  }
  return copy;
}

}  // namespace dgauth::cases
