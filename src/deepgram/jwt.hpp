// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <optional>

#include "base/secret.hpp"

namespace dgauth::deepgram {

// What an access token says of itself. Nobody but Deepgram can verify it (HS256 with Deepgram's secret), so these are
// claims, not facts. Every claim may be missing.
struct Claims {
  std::optional<std::chrono::system_clock::time_point> expires_at;  // `exp`
};

// Nothing if `token` is no JWT: three parts of base64url, the second a JSON object.
std::optional<Claims> decode_claims(const Secret& token);

}  // namespace dgauth::deepgram
