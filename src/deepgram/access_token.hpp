// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "base/secret.hpp"
#include "deepgram/ttl.hpp"

namespace dgauth::deepgram {

// The longest life of a token that is believed; what claims to live longer is not a temporary token.
inline constexpr std::chrono::seconds longest_life = std::chrono::hours(24);

// A temporary token as it was granted, and where it came from.
struct AccessToken {
  Secret value{};                                    // of the alphabet of is_bearer_token
  std::optional<std::chrono::seconds> expires_in{};  // granted lifetime, 1 s to longest_life; nullopt: not known
  std::optional<Ttl> requested{};                    // nullopt: the server's default was asked for
  std::chrono::system_clock::time_point sent_at{};   // when the request for it was sent
  std::string request_id{};                          // safe to show; empty: none given
  std::string key_source{};                          // where the API key came from; set by session::TokenSource
  bool is_cached = false;                            // from an earlier run

  std::optional<std::chrono::system_clock::time_point> expires_at() const;
};

// Warnings about `token`: another lifetime than asked for, an unknown lifetime, a clock that is off.
std::vector<std::string> warnings_for(const AccessToken& token);

}  // namespace dgauth::deepgram
