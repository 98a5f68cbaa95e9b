// SPDX-License-Identifier: MIT
#include "credentials/mint_failure.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "deepgram/redactor.hpp"
#include "json/reader.hpp"
#include "json/writer.hpp"

namespace dgauth::credentials {
namespace {

constexpr std::array shared_kinds = {ErrorKind::refused, ErrorKind::forbidden, ErrorKind::payment,
                                     ErrorKind::rate_limit, ErrorKind::rejected};
constexpr double largest_serial = 1e15;  // a double has it exactly
constexpr double largest_status = 999;

std::optional<std::int64_t> whole_member(const json::Value& object, std::string_view name, double most) {
  const std::optional<double> number = object.number_member(name);
  return number && *number >= 1 && *number <= most ? std::optional(static_cast<std::int64_t>(*number)) : std::nullopt;
}

}  // namespace

bool concerns_all(const Error& error) {
  return error.http_status && std::ranges::find(shared_kinds, error.kind) != shared_kinds.end();
}

std::string encode_failure(const MintFailure& failure) {
  json::Writer writer;
  writer.begin_object();
  writer.key("serial").number(failure.serial);
  writer.key("kind").string(name_of(failure.error.kind));
  writer.key("message").string(failure.error.message);
  writer.key("hint").string(failure.error.hint);
  writer.key("http_status").number_or_null(failure.error.http_status);
  writer.key("request_id").string(failure.error.request_id);
  writer.end_object();
  return std::string(writer.text());
}

std::optional<MintFailure> decode_failure(const Secret& text) {
  const std::optional<json::Document> document = json::Document::parse(text);
  if (!document) {
    return std::nullopt;
  }
  const json::Value entry = document->root();
  const std::optional<std::int64_t> serial = whole_member(entry, "serial", largest_serial);
  const auto message = entry.string_member("message");
  const auto kind = std::ranges::find(shared_kinds, entry.string_member("kind").value_or(""), name_of);
  if (!serial || !message || kind == shared_kinds.end()) {
    return std::nullopt;
  }
  MintFailure failure{.serial = *serial,
                      .error = {.kind = *kind,
                                .message = std::string(*message),
                                .hint = std::string(entry.string_member("hint").value_or(""))}};
  if (const auto status = whole_member(entry, "http_status", largest_status)) {
    failure.error.http_status = static_cast<int>(*status);
  }
  failure.error.request_id = deepgram::Redactor().shown_id(entry.string_member("request_id").value_or(""));
  return concerns_all(failure.error) ? std::optional(std::move(failure)) : std::nullopt;
}

}  // namespace dgauth::credentials
