// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "base/secret.hpp"
#include "deepgram/access_token.hpp"
#include "deepgram/base_url.hpp"
#include "deepgram/ttl.hpp"

namespace dgauth::credentials {

inline constexpr std::size_t cache_name_digits = 32;

// The name of the entry for a token: lower-case hexadecimal digits that differ if the service, the key or the lifetime
// asked for differ. The key cannot be recovered from it.
std::string cache_name(const deepgram::BaseUrl& base_url, std::optional<deepgram::Ttl> ttl, const Secret& api_key);

// The text of an entry. `token` has a known life.
Secret encode_entry(const deepgram::AccessToken& token);

// The token in the text of an entry, which was asked for with the lifetime `requested`. nullopt if it is not an entry,
// or its token was sent later than `now`, so that the clock has been set back. Its request_id is safe to show.
std::optional<deepgram::AccessToken> decode_entry(const Secret& text, std::optional<deepgram::Ttl> requested,
                                                  std::chrono::system_clock::time_point now);

// Whether `token` still lives long enough at `now` to be used again: for `min_valid` at least, and for 10 s or a fifth
// of its whole life, whichever is shorter. False if its life is unknown.
bool is_fresh_enough(const deepgram::AccessToken& token, std::chrono::seconds min_valid,
                     std::chrono::system_clock::time_point now);

}  // namespace dgauth::credentials
