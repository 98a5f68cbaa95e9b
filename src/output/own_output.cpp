// SPDX-License-Identifier: MIT
#include "output/own_output.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "deepgram/credential.hpp"
#include "json/reader.hpp"
#include "json/writer.hpp"
#include "options/variable_name.hpp"

namespace dgauth::output {
namespace {

// The members of the objects that grant and header write, in their order.
constexpr std::array<std::string_view, 10> members_of_grant = {
    "access_token",  "token_type", "expires_in", "expires_at", "expires_at_unix",
    "requested_ttl", "base_url",   "request_id", "key_source", "cached"};
constexpr std::array<std::string_view, 2> members_of_header = {"Authorization", "Sec-WebSocket-Protocol"};

// Drops `begin` and `end` from the ends of `text` if it has both; else false.
bool unwrap(std::string_view& text, std::string_view begin, std::string_view end = "") {
  if (text.size() < begin.size() + end.size() || !text.starts_with(begin) || !text.ends_with(end)) {
    return false;
  }
  text = text.substr(begin.size(), text.size() - begin.size() - end.size());
  return true;
}

// The value of an Authorization or Sec-WebSocket-Protocol header.
bool is_scheme_and_credential(std::string_view text) {
  if (unwrap(text, "Bearer ") || unwrap(text, "bearer, ")) {
    return deepgram::looks_like_jwt(text);
  }
  return (unwrap(text, "Token ") || unwrap(text, "token, ")) && deepgram::looks_like_api_key(text);
}

// A line that sets a variable, of whatever name, to a token.
bool is_assignment(std::string_view line) {
  struct Form {
    std::string_view begin;
    std::string_view between;  // name and token
    std::string_view end;
  };
  constexpr std::array<Form, 3> forms = {{{"export ", "='", "'"}, {"set -gx ", " '", "'"}, {"", "=", ""}}};
  return std::ranges::any_of(forms, [line](const Form& form) {
    std::string_view text = line;
    if (!unwrap(text, form.begin, form.end)) {
      return false;
    }
    const std::size_t name_end = text.find(form.between);
    return name_end != std::string_view::npos && options::parse_variable_name(text.substr(0, name_end)) &&
           deepgram::looks_like_jwt(text.substr(name_end + form.between.size()));
  });
}

// `object` as a json::Writer writes it that has only `names`, null where a member is missing.
void write_members(json::Writer& writer, const json::Value& object, std::span<const std::string_view> names) {
  constexpr double largest_whole = 9e15;  // every whole number up to here is a double
  writer.begin_object();
  for (const std::string_view name : names) {
    const json::Value value = object.member(name);
    writer.key(name);
    if (const auto text = value.as_string()) {
      writer.string(*text);
    } else if (const auto number = value.as_number(); number && std::abs(*number) <= largest_whole) {
      writer.number(static_cast<std::int64_t>(*number));
    } else if (const auto is_true = value.as_bool()) {
      writer.boolean(*is_true);
    } else {
      writer.null();
    }
  }
  writer.end_object();
}

// Whether `line` is the very text that grant or header writes for what it holds.
bool is_own_json(std::string_view line) {
  const std::optional<json::Document> document = json::Document::parse(line);
  if (!document) {
    return false;
  }
  const json::Value root = document->root();
  const bool is_of_grant = deepgram::looks_like_jwt(root.string_member("access_token").value_or(""));
  const bool is_of_header = std::ranges::all_of(members_of_header, [&root](std::string_view name) {
    return is_scheme_and_credential(root.string_member(name).value_or(""));
  });
  if (!is_of_grant && !is_of_header) {
    return false;
  }
  json::Writer writer;
  write_members(writer, root,
                is_of_grant ? std::span<const std::string_view>(members_of_grant)
                            : std::span<const std::string_view>(members_of_header));
  return writer.text() == line;
}

}  // namespace

bool is_own_output(std::string_view text) {
  if (!unwrap(text, "", "\n")) {
    return false;
  }
  if (text.starts_with('{')) {
    return is_own_json(text);
  }
  if (unwrap(text, "header = \"", "\"")) {
    return unwrap(text, "Authorization: ") && is_scheme_and_credential(text);
  }
  if (unwrap(text, "Authorization: ") || unwrap(text, "Sec-WebSocket-Protocol: ")) {
    return is_scheme_and_credential(text);
  }
  return is_scheme_and_credential(text) || deepgram::looks_like_jwt(text) || is_assignment(text);
}

}  // namespace dgauth::output
