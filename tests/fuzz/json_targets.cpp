// SPDX-License-Identifier: MIT
#include <cmath>
#include <string>

#include "base/digest.hpp"
#include "deepgram/credential.hpp"
#include "deepgram/jwt.hpp"
#include "deepgram/service_error.hpp"
#include "deepgram/wire_format.hpp"
#include "fuzz/promise.hpp"
#include "fuzz/targets.hpp"
#include "json/reader.hpp"
#include "json/writer.hpp"

namespace dgauth::fuzz {
namespace {

constexpr int most_levels = 50;
constexpr std::size_t most_elements = 50;

// Asks a value everything, and what is in it, as far as the bounds go.
void question(const json::Value& value, int level) {
  const auto number = value.as_number();
  promise(!number || std::isfinite(*number));
  promise(!value.is_absent() || (!value.is_object() && !value.is_array() && !value.as_string() && !value.as_bool()));
  if (const auto text = value.as_string()) {
    promise(is_utf8(*text));
    json::Writer writer;
    writer.string(*text);
    const auto again = json::Document::parse(writer.text());
    promise(again && again->root().as_string() == *text);
  }
  if (value.is_absent() || level == most_levels) {
    return;
  }
  for (const std::string_view name : {"", "a", "access_token", "expires_in", "exp", "err_code"}) {
    question(value.member(name), level + 1);
  }
  promise(value.at(value.size()).is_absent());
  for (std::size_t index = 0; index < std::min(value.size(), most_elements); ++index) {
    question(value.at(index), level + 1);
  }
}

}  // namespace

int fuzz_json_reader(std::string_view bytes) {
  if (const auto document = json::Document::parse(bytes)) {
    promise(bytes.find('\0') == std::string_view::npos);
    question(document->root(), 0);
    json::Writer writer;
    writer.begin_array().verbatim(bytes).end_array();
    promise(writer.text().find('\n') == std::string_view::npos);
  }
  return 0;
}

int fuzz_grant_reply(std::string_view bytes) {
  const Result<deepgram::GrantReply> reply = deepgram::decode_grant_reply(bytes);
  if (!reply) {
    promise_message(reply.error(), {ErrorKind::service});
    return 0;
  }
  promise(deepgram::is_bearer_token(reply->token.reveal()));
  const auto life = reply->expires_in;
  promise(!life || (life->count() >= 1 && life->count() <= 86400));
  return 0;
}

// The first byte chooses the status, the rest is the body.
int fuzz_error_body(std::string_view bytes) {
  constexpr std::string_view key = "fake0key0of0no0account0for0fuzz0tests0ab";
  constexpr int statuses[] = {301, 400, 401, 402, 403, 404, 408, 413, 429, 500, 503, 204};
  if (bytes.empty()) {
    return 0;
  }
  http::Response response;
  response.status = statuses[static_cast<unsigned char>(bytes.front()) % std::size(statuses)];
  response.body = bytes.substr(1);
  response.headers = {{"dg-request-id", std::string(bytes)}, {"Location", std::string(bytes)}};
  deepgram::Redactor redactor;
  redactor.add(Secret(key));
  for (const auto purpose : {deepgram::Purpose::grant, deepgram::Purpose::other}) {
    for (const auto kind : {deepgram::CredentialKind::api_key, deepgram::CredentialKind::access_token}) {
      const Error error = deepgram::describe(response, purpose, kind, redactor);
      promise_message(error, {ErrorKind::refused, ErrorKind::forbidden, ErrorKind::payment, ErrorKind::rate_limit,
                              ErrorKind::rejected, ErrorKind::service});
      promise(is_harmless_line(error.request_id));
      for (std::size_t at = 0; at + 8 <= key.size(); ++at) {
        promise((error.message + error.hint + error.request_id).find(key.substr(at, 8)) == std::string::npos);
      }
    }
  }
  return 0;
}

// The bytes as a token, and as the payload of one.
int fuzz_jwt_claims(std::string_view bytes) {
  static_cast<void>(deepgram::decode_claims(Secret(bytes)));
  std::string payload(base64(bytes));
  payload.erase(payload.find_last_not_of('=') + 1);
  std::ranges::replace(payload, '+', '-');
  std::ranges::replace(payload, '/', '_');
  const auto claims = deepgram::decode_claims(Secret("eyJhbGciOiJIUzI1NiJ9." + payload + ".x"));
  if (claims) {
    const auto document = json::Document::parse(bytes);
    promise(document && document->root().is_object());
    const auto expiry = document->root().number_member("exp");
    promise(!claims->expires_at || (expiry && *expiry >= 0 && claims->expires_at->time_since_epoch().count() >= 0));
  }
  return 0;
}

}  // namespace dgauth::fuzz
