// SPDX-License-Identifier: MIT
#include "credentials/cache_entry.hpp"

#include <algorithm>
#include <cstdint>

#include <fmt/format.h>

#include "base/digest.hpp"
#include "deepgram/credential.hpp"
#include "deepgram/redactor.hpp"
#include "json/reader.hpp"
#include "json/writer.hpp"

namespace dgauth::credentials {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using std::chrono::system_clock;

constexpr seconds usual_reserve{10};
constexpr int reserve_divisor = 5;

std::optional<seconds> whole_seconds(const json::Value& entry, std::string_view name, seconds least, seconds most) {
  const std::optional<double> number = entry.number_member(name);
  if (!number || *number < static_cast<double>(least.count()) || *number > static_cast<double>(most.count())) {
    return std::nullopt;
  }
  return seconds(static_cast<std::int64_t>(*number));
}

}  // namespace

std::string cache_name(const deepgram::BaseUrl& base_url, std::optional<deepgram::Ttl> ttl, const Secret& api_key) {
  const std::string lifetime = ttl ? std::to_string(ttl->seconds().count()) : "default";
  return sha256_hex(fmt::format("{}\n{}\n{}", base_url.text(), lifetime, digest_of(api_key)))
      .substr(0, cache_name_digits);
}

Secret encode_entry(const deepgram::AccessToken& token) {
  json::Writer writer;
  writer.begin_object();
  writer.key("access_token").string(token.value);
  writer.key("sent_at").number(system_clock::to_time_t(token.sent_at));
  writer.key("expires_in").number(token.expires_in.value_or(seconds(0)).count());
  writer.key("request_id").string(token.request_id);
  writer.end_object();
  return Secret(writer.text());
}

std::optional<deepgram::AccessToken> decode_entry(const Secret& text, std::optional<deepgram::Ttl> requested,
                                                  system_clock::time_point now) {
  const std::optional<json::Document> document = json::Document::parse(text);
  if (!document) {
    return std::nullopt;
  }
  const json::Value entry = document->root();
  const auto token = entry.string_member("access_token");
  const auto sent_at = whole_seconds(entry, "sent_at", seconds(0), seconds(system_clock::to_time_t(now)));
  const auto life = whole_seconds(entry, "expires_in", seconds(1), deepgram::longest_life);
  if (!token || !deepgram::is_bearer_token(*token) || !sent_at || !life) {
    return std::nullopt;
  }
  const std::string_view request_id = entry.string_member("request_id").value_or("");
  deepgram::Redactor redactor;
  redactor.add(Secret(*token));
  return deepgram::AccessToken{.value = Secret(*token),
                               .expires_in = life,
                               .requested = requested,
                               .sent_at = system_clock::time_point(*sent_at),
                               .request_id = redactor.shown_id(request_id)};
}

bool is_fresh_enough(const deepgram::AccessToken& token, seconds min_valid, system_clock::time_point now) {
  if (!token.expires_in) {
    return false;
  }
  const auto reserve = std::min<milliseconds>(usual_reserve, milliseconds(*token.expires_in) / reserve_divisor);
  return *token.expires_at() - now >= std::max<milliseconds>(min_valid, reserve);
}

}  // namespace dgauth::credentials
