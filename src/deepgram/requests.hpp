// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "deepgram/base_url.hpp"
#include "deepgram/ttl.hpp"
#include "http/message.hpp"
#include "http/url.hpp"

// The requests dgauth makes, without a credential. Pure: --dry-run shows what these return.
namespace dgauth::deepgram {

// A request with what all of ours have: who asks, and the wish to know the service's name for the request.
http::Request empty_request(std::string_view method, std::string url);

// POST /v1/auth/grant. A repeat mints one more token, which is harmless.
http::Request grant_request(const BaseUrl& base_url, std::optional<Ttl> ttl);

// POST /v1/listen with `query`, without a body. Once its body has arrived it may be billed.
http::Request listen_request(const BaseUrl& base_url, const http::Parameters& query);

// The body of a transcription of what `url` names, and its type.
void set_media_url(http::Request& request, std::string_view url);

// The body of a transcription of `file`, of that media type.
void set_media_file(http::Request& request, std::shared_ptr<host::InputFile> file, std::string_view type);

}  // namespace dgauth::deepgram
