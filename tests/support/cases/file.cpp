// SPDX-License-Identifier: MIT
#include "support/cases/file.hpp"

#include <algorithm>
#include <set>
#include <span>
#include <stdexcept>

#include <fmt/format.h>

#include "support/cases/names.hpp"

namespace dgauth::cases {
namespace {

constexpr std::string_view fields[] = {"name",       "promise",      "args",         "env",          "stdin",
                                       "files",      "replies",      "secrets",      "status",       "stdout",
                                       "stdout_has", "stdout_lacks", "stdout_json",  "stdout_match", "stderr",
                                       "stderr_has", "stderr_json",  "stderr_lacks", "stderr_match", "stderr_free",
                                       "requests",   "files_after",  "each"};
constexpr std::string_view reply_fields[] = {"status", "headers", "json", "body"};

void refuse_unknown(const Json& object, std::span<const std::string_view> known) {
  for (const auto& entry : object.GetObject()) {
    if (std::ranges::find(known, string_of(entry.name)) == known.end()) {
      throw std::runtime_error("no such field in process: " + string_of(entry.name));
    }
  }
}

void check_fields(const Json& json) {
  if (!has(json, "name") || !has(json, "args")) {
    throw std::runtime_error("no name or no args");
  }
  refuse_unknown(json, fields);
  if (const Json* const replies = member(json, "replies")) {
    for (const Json& reply : replies->GetArray()) {
      refuse_unknown(reply, reply_fields);
    }
  }
}

// Puts in the value for {each}, and the members of an object for {each.member}. A string that is only the placeholder
// becomes the value itself, a number or an object perhaps.
Json put_in(const Json& text, const Json& value, JsonDocument::AllocatorType& memory) {
  std::vector<std::pair<std::string, const Json*>> members = {{"{each}", &value}};
  if (value.IsObject()) {
    for (const auto& entry : value.GetObject()) {
      members.emplace_back("{each." + string_of(entry.name) + "}", &entry.value);
    }
  }
  std::string result = string_of(text);
  for (const auto& [name, item] : members) {
    if (result == name) {
      return {*item, memory};
    }
    result = replaced(std::move(result), name, shown(*item));
  }
  return {result.data(), static_cast<rapidjson::SizeType>(result.size()), memory};
}

Case case_with(const Json& json, const Json* value) {
  Case one;
  auto& memory = one.json.GetAllocator();
  one.json.CopyFrom(json, memory);
  one.json.RemoveMember("each");
  if (value != nullptr) {
    const Json filled = with_strings(one.json, memory, [&](const Json& text) { return put_in(text, *value, memory); });
    one.json.CopyFrom(filled, memory);
  }
  check_fields(one.json);
  return one;
}

}  // namespace

std::vector<Case> cases_of(std::string_view text) {
  const JsonDocument document = parse_json(text);
  std::vector<Case> cases;
  std::set<std::string> names;
  for (const Json& json : document.GetArray()) {
    const Json* const name = member(json, "name");
    try {
      if (const Json* const values = member(json, "each")) {
        for (const Json& value : values->GetArray()) {
          cases.push_back(case_with(json, &value));
        }
      } else {
        cases.push_back(case_with(json, nullptr));
      }
    } catch (const std::runtime_error& error) {
      throw std::runtime_error(fmt::format("{}: {}", name == nullptr ? "?" : shown(*name), error.what()));
    }
  }
  for (const Case& one : cases) {
    if (!names.insert(one.name()).second) {
      throw std::runtime_error("two cases are named " + one.name());
    }
  }
  return cases;
}

}  // namespace dgauth::cases
