// SPDX-License-Identifier: MIT
#include "support/cases/json_verdict.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <stdexcept>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/rfc3339.hpp"
#include "base/text.hpp"
#include "support/cases/difference.hpp"
#include "support/made_up.hpp"

namespace dgauth::cases {
namespace {

// In the order in which they must stand.
const std::vector<std::string> error_members = {"kind", "exit_status", "message", "hint", "http_status", "request_id"};

struct StatusOfKind {
  std::string_view kind;
  int status;
};
constexpr StatusOfKind statuses[] = {{"usage", 2},     {"config", 3},   {"no_credential", 3}, {"refused", 4},
                                     {"forbidden", 5}, {"payment", 6},  {"rate_limit", 6},    {"network", 7},
                                     {"service", 8},   {"rejected", 9}, {"output", 1},        {"internal", 1}};

// A member that is not there shows as "absent".
std::string member_text(const Json& object, std::string_view name) {
  const Json* const value = member(object, name);
  return value == nullptr ? "absent" : json_text(*value);
}

std::optional<JsonDocument> parsed(const std::string& text) {
  try {
    return parse_json(text);
  } catch (const std::runtime_error&) {
    return std::nullopt;
  }
}

// A moment as what it stands for, any other string as it is.
Json with_moment(const Json& value, JsonDocument::AllocatorType& memory) {
  const std::string text = string_of(value);
  const std::chrono::seconds offset(std::strtol(text.c_str() + std::min(text.find('+'), text.size()), nullptr, 10));
  const auto moment = support::noon + offset;
  if (text.starts_with("@unix+")) {
    return Json(std::int64_t{std::chrono::duration_cast<std::chrono::seconds>(moment.time_since_epoch()).count()});
  }
  if (text.starts_with("@seconds+")) {
    return Json(std::int64_t{offset.count()});
  }
  const std::string shown = text.starts_with("@utc+") ? rfc3339(moment) : text;
  return {shown.data(), static_cast<rapidjson::SizeType>(shown.size()), memory};
}

}  // namespace

std::string json_line(const Json& wanted, Names& names) {
  JsonDocument known = names.expand_all(wanted);
  auto& memory = known.GetAllocator();
  return json_text(with_strings(known, memory, [&](const Json& text) { return with_moment(text, memory); })) + "\n";
}

std::vector<std::string> json_error_complaints(const Json& wanted, Trial& trial) {
  if (std::ranges::count(trial.err, '\n') != 1 || !trial.err.ends_with('\n')) {
    return {"stderr is not one line\n" + indented(trial.err)};
  }
  const std::optional<JsonDocument> document = parsed(trial.err);
  const Json* const error = document && document->IsObject() ? member(*document, "error") : nullptr;
  if (error == nullptr || !error->IsObject()) {
    return {"stderr is not a JSON error\n" + indented(trial.err)};
  }
  std::vector<std::string> said;
  std::vector<std::string> names;
  for (const auto& entry : error->GetObject()) {
    names.push_back(string_of(entry.name));
  }
  if (names != error_members) {
    said.push_back(
        fmt::format("members of the error: {}, wanted {}", fmt::join(names, " "), fmt::join(error_members, " ")));
  }
  const JsonDocument expanded = trial.names.expand_all(wanted);
  for (const auto& [name, value] : expanded.GetObject()) {
    if (const std::string seen = member_text(*error, string_of(name)); seen != json_text(value)) {
      said.push_back(fmt::format("error.{} is {}, wanted {}", string_of(name), seen, json_text(value)));
    }
  }
  if (const std::string seen = member_text(*error, "exit_status"); seen != std::to_string(trial.status)) {
    said.push_back(fmt::format("error.exit_status {}, ended with {}", seen, trial.status));
  }
  const std::string kind = member_text(*error, "kind");
  if (std::ranges::none_of(statuses, [&](const StatusOfKind& row) {
        return kind == fmt::format("\"{}\"", row.kind) && row.status == trial.status;
      })) {
    said.push_back(fmt::format("error.kind {} for status {}", kind, trial.status));
  }
  return said;
}

std::vector<std::string> request_complaints(const Json& wanted, const ReceivedRequest& request) {
  std::vector<std::string> said;
  const auto header = [&](std::string_view name) -> std::string {
    const auto found = std::ranges::find_if(
        request.headers, [&](const http::Header& each) { return equal_ignoring_case(each.name, name); });
    return found == request.headers.end()
               ? "null"
               : json_text(Json(found->value.data(), static_cast<rapidjson::SizeType>(found->value.size())));
  };
  const auto compare = [&said](const std::string& what, const std::string& expected, const std::string& seen) {
    if (expected != seen) {
      said.push_back(fmt::format("{} of the request is {}, wanted {}", what, seen, expected));
    }
  };
  const auto quoted = [](const std::string& text) {
    return json_text(Json(text.data(), static_cast<rapidjson::SizeType>(text.size())));
  };
  for (const auto& [name, value] : wanted.GetObject()) {
    const std::string field = string_of(name);
    if (field == "headers") {
      for (const auto& [header_name, content] : value.GetObject()) {
        compare("header " + string_of(header_name), json_text(content), header(string_of(header_name)));
      }
    } else if (field == "json") {
      const std::optional<JsonDocument> body = parsed(request.body);
      if (!body || *body != value) {
        said.push_back(fmt::format("body is '{}', wanted {}", request.body, json_text(value)));
      }
    } else if (field == "authorization") {
      compare(field, json_text(value), header(field));
    } else if (field == "method" || field == "path" || field == "body") {
      compare(field, json_text(value),
              quoted(field == "method" ? request.method
                     : field == "path" ? request.path
                                       : request.body));
    } else {
      throw std::runtime_error("a request has no " + field);
    }
  }
  return said;
}

}  // namespace dgauth::cases
