// SPDX-License-Identifier: MIT
#pragma once

#include <optional>

#include "deepgram/base_url.hpp"
#include "deepgram/ttl.hpp"
#include "http/message.hpp"

// The requests dgauth makes, without a credential. Pure: --dry-run shows what these return.
namespace dgauth::deepgram {

// POST /v1/auth/grant. A repeat mints one more token, which is harmless.
http::Request grant_request(const BaseUrl& base_url, std::optional<Ttl> ttl);

}  // namespace dgauth::deepgram
