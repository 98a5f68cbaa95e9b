// SPDX-License-Identifier: MIT
#include "deepgram/access_token.hpp"

#include <fmt/format.h>

#include "deepgram/jwt.hpp"

namespace dgauth::deepgram {
namespace {

constexpr std::chrono::seconds tolerated_skew{60};

}  // namespace

std::optional<std::chrono::system_clock::time_point> AccessToken::expires_at() const {
  return expires_in ? std::optional(sent_at + *expires_in) : std::nullopt;
}

std::vector<std::string> warnings_for(const AccessToken& token) {
  std::vector<std::string> doubts;
  if (!token.expires_in) {
    doubts.emplace_back("the server did not say how long the token is valid");
    return doubts;
  }
  if (token.requested && token.requested->seconds() != *token.expires_in) {
    doubts.push_back(fmt::format("the server granted {} s instead of the requested {} s", token.expires_in->count(),
                                 token.requested->seconds().count()));
  }
  const std::optional<Claims> claims = decode_claims(token.value);
  if (claims && claims->expires_at) {
    const auto skew = std::chrono::round<std::chrono::seconds>(*claims->expires_at - *token.expires_at());
    if (std::chrono::abs(skew) > tolerated_skew) {
      doubts.push_back(fmt::format("the token's expiry is {} s {} than its lifetime says: check this machine's clock",
                                   std::chrono::abs(skew).count(), skew.count() > 0 ? "later" : "earlier"));
    }
  }
  return doubts;
}

}  // namespace dgauth::deepgram
