// SPDX-License-Identifier: MIT
#include <cmath>
#include <string>

#include "base/digest.hpp"
#include "credentials/token_cache.hpp"
#include "deepgram/credential.hpp"
#include "deepgram/jwt.hpp"
#include "deepgram/probe_run.hpp"
#include "deepgram/replies.hpp"
#include "deepgram/service_error.hpp"
#include "fuzz/promise.hpp"
#include "fuzz/targets.hpp"
#include "json/event_reader.hpp"
#include "json/reader.hpp"
#include "json/writer.hpp"

namespace dgauth::fuzz {
namespace {

constexpr int most_levels = 50;
constexpr std::size_t most_elements = 50;
constexpr std::size_t most_digits = 300;  // that any number of this many can be represented
constexpr std::string_view key = "fake0key0of0no0account0for0fuzz0tests0ab";
constexpr std::chrono::system_clock::time_point noon{std::chrono::seconds(1772366400)};

// What a server said, as it may be shown.
void promise_tamed(const std::string& text) {
  promise(is_harmless_line(text));
  for (std::size_t at = 0; at + 8 <= key.size(); ++at) {
    promise(text.find(key.substr(at, 8)) == std::string::npos);
  }
}

deepgram::Redactor redactor_of_key() {
  deepgram::Redactor redactor;
  redactor.add(Secret(key));
  return redactor;
}

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

// Refuses nothing and wants every second array.
class Listener final : public json::EventHandler {
 public:
  bool begin_object() override { return true; }
  void end_object() override {}
  bool begin_array() override { return is_wanted_ = !is_wanted_; }
  void end_array() override {}
  void key_part(std::string_view part) override { text_ += part; }
  void end_key() override { promise_text(); }
  void string_part(std::string_view part) override { text_ += part; }
  void end_string() override { promise_text(); }
  void number_part(std::string_view part) override { promise(!part.empty()); }
  void end_number() override {}
  void literal(std::string_view word) override { promise(word == "true" || word == "false" || word == "null"); }

 private:
  void promise_text() {
    promise(is_utf8(text_));
    text_.clear();
  }

  std::string text_;
  bool is_wanted_ = false;
};

bool is_json(std::string_view bytes, std::size_t piece, json::EventHandler* handler) {
  json::EventReader reader(handler);
  for (; !bytes.empty(); bytes.remove_prefix(std::min(piece, bytes.size()))) {
    if (!reader.feed(bytes.substr(0, piece))) {
      return false;
    }
  }
  return reader.finish();
}

// Where the tree's parser refuses JSON: half of a surrogate pair, and a number that is too large for it.
bool may_be_too_much_for_a_tree(std::string_view bytes) {
  return bytes.size() > most_digits || bytes.find("\\ud") != std::string_view::npos ||
         bytes.find("\\uD") != std::string_view::npos || bytes.find_first_of("eE") != std::string_view::npos;
}

}  // namespace

// The first byte says how long the pieces are that the rest comes in.
int fuzz_event_reader(std::string_view bytes) {
  if (bytes.empty()) {
    return 0;
  }
  const auto piece = std::size_t{static_cast<unsigned char>(bytes.front())} + 1;
  bytes.remove_prefix(1);
  const bool is_good = is_json(bytes, bytes.size(), nullptr);
  promise(is_json(bytes, piece, nullptr) == is_good);
  Listener listener;
  promise(is_json(bytes, piece, &listener) == is_good);
  const bool is_document = json::Document::parse(bytes).has_value();
  promise(is_good || !is_document || bytes.size() > json::EventReader::most_levels);
  promise(is_document || !is_good || may_be_too_much_for_a_tree(bytes));
  return 0;
}

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
  constexpr int statuses[] = {301, 400, 401, 402, 403, 404, 408, 413, 429, 500, 503, 204};
  if (bytes.empty()) {
    return 0;
  }
  http::Response response;
  response.status = statuses[static_cast<unsigned char>(bytes.front()) % std::size(statuses)];
  response.body = bytes.substr(1);
  response.headers = {{"dg-request-id", std::string(bytes)}, {"Location", std::string(bytes)}};
  const deepgram::Redactor redactor = redactor_of_key();
  for (const auto purpose : {deepgram::Purpose::grant, deepgram::Purpose::other}) {
    for (const auto kind : {deepgram::CredentialKind::api_key, deepgram::CredentialKind::access_token}) {
      const Error error = deepgram::describe(response, {.purpose = purpose, .kind = kind}, redactor);
      promise_message(error, {ErrorKind::refused, ErrorKind::forbidden, ErrorKind::payment, ErrorKind::rate_limit,
                              ErrorKind::rejected, ErrorKind::service});
      promise_tamed(error.message + error.hint + error.request_id);
    }
  }
  return 0;
}

int fuzz_cache_entry(std::string_view bytes) {
  using std::chrono::seconds;
  const auto token = credentials::decode_entry(Secret(bytes), {}, noon);
  if (!token) {
    return 0;
  }
  promise(deepgram::is_bearer_token(token->value.reveal()) && is_harmless_line(token->request_id));
  promise(token->expires_in && *token->expires_in >= seconds(1) && *token->expires_in <= seconds(86400));
  promise(token->sent_at <= noon && token->sent_at.time_since_epoch() >= seconds(0));
  const auto again = credentials::decode_entry(credentials::encode_entry(*token), {}, noon);
  promise(again && again->value.reveal() == token->value.reveal() && again->expires_in == token->expires_in &&
          again->sent_at == token->sent_at);
  return 0;
}

// The first byte chooses the probe, the second the status; the rest is the body, and of the control's answer, too.
int fuzz_probe_answer(std::string_view bytes) {
  using deepgram::Verdict;
  constexpr int statuses[] = {200, 101, 302, 400, 401, 402, 403, 404, 429, 503};
  if (bytes.size() < 2) {
    return 0;
  }
  const auto probes = deepgram::all_probes();
  const deepgram::Probe& probe = probes[static_cast<unsigned char>(bytes[0]) % probes.size()];
  const std::string text(bytes.substr(2));
  http::Response response;
  response.status = statuses[static_cast<unsigned char>(bytes[1]) % std::size(statuses)];
  response.body = bytes.substr(2);
  response.headers = {{"dg-error", text}, {"dg-request-id", text}};
  response.is_upgraded = response.status == 101 && text.starts_with("+");
  const deepgram::Redactor redactor = redactor_of_key();
  const deepgram::Judgement judgement = deepgram::judge(probe, response, {}, redactor);
  deepgram::ProbeResult result = judgement.result;
  if (judgement.needs_control) {
    promise(response.status == 400 && result.verdict == Verdict::unknown);
    http::Response control = response;
    control.status = 401;
    result = deepgram::judge_with_control(result, control);
  }
  promise(result.verdict != Verdict::skipped && result.http_status == response.status);
  promise(result.verdict != Verdict::fail || response.status / 100 == 4);
  promise(!result.is_credential_refused || result.verdict == Verdict::fail);
  promise_tamed(result.detail);
  promise_tamed(result.request_id);
  if (const auto identity = deepgram::decode_identity(text, redactor)) {
    promise_tamed(identity->key_id);
    promise_tamed(identity->created);
    std::ranges::for_each(identity->scopes, promise_tamed);
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
