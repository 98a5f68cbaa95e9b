// SPDX-License-Identifier: MIT
#include "deepgram/jwt.hpp"

#include <cstdint>
#include <string>

#include "base/digest.hpp"
#include "deepgram/credential.hpp"
#include "json/reader.hpp"

namespace dgauth::deepgram {
namespace {

constexpr double last_second = 9e9;  // in the year 2255: the clock, in nanoseconds, ends in 2262

}  // namespace

std::optional<Claims> decode_claims(const Secret& secret) {
  const std::string_view token = secret.reveal();
  if (!looks_like_jwt(token)) {
    return std::nullopt;
  }
  const std::size_t first_dot = token.find('.');
  const std::size_t second_dot = token.find('.', first_dot + 1);
  const std::optional<std::string> payload = from_base64url(token.substr(first_dot + 1, second_dot - first_dot - 1));
  const std::optional<json::Document> document = payload ? json::Document::parse(*payload) : std::nullopt;
  if (!document || !document->root().is_object()) {
    return std::nullopt;
  }
  Claims claims;
  const std::optional<double> expiry = document->root().number_member("exp");
  if (expiry && *expiry >= 0 && *expiry <= last_second) {
    claims.expires_at = std::chrono::system_clock::time_point(std::chrono::seconds(static_cast<std::int64_t>(*expiry)));
  }
  return claims;
}

}  // namespace dgauth::deepgram
