// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "deepgram/base_url.hpp"
#include "deepgram/ttl.hpp"
#include "http/message.hpp"

// The requests dgauth makes, without a credential. Pure: --dry-run shows what these return.
namespace dgauth::deepgram {

// A request with what all of ours have: who asks, and the wish to know the service's name for the request.
http::Request empty_request(std::string_view method, std::string url);

// POST /v1/auth/grant. A repeat mints one more token, which is harmless.
http::Request grant_request(const BaseUrl& base_url, std::optional<Ttl> ttl);

}  // namespace dgauth::deepgram
