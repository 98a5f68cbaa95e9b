// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "base/secret.hpp"
#include "deepgram/ttl.hpp"

namespace dgauth::deepgram {

// A temporary token as it was granted.
struct AccessToken {
  Secret value;                                    // of the alphabet of is_bearer_token
  std::optional<std::chrono::seconds> expires_in;  // granted life, 1 s to one day; nothing: not known
  std::optional<Ttl> requested;                    // nothing: the server's default was asked for
  std::chrono::system_clock::time_point sent_at;   // when the request for it was sent
  std::string request_id;                          // safe to show; empty: none given

  std::optional<std::chrono::system_clock::time_point> expires_at() const;
};

// What about `token` its user should know: a life other than asked for, an unknown life, a clock that is off.
std::vector<std::string> warnings_for(const AccessToken& token);

}  // namespace dgauth::deepgram
