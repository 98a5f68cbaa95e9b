// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>

#include "base/result.hpp"
#include "credentials/api_key.hpp"
#include "deepgram/access_token.hpp"
#include "deepgram/base_url.hpp"
#include "host/host.hpp"
#include "host/private_directory.hpp"

namespace dgauth::credentials {

// What a cached token must match: it was asked of the same service, with the same key, for the same lifetime. The key
// itself is in neither names nor contents of the cache.
std::string cache_name(const deepgram::BaseUrl& base_url, std::optional<deepgram::Ttl> ttl, const Secret& api_key);

// The text of an entry, and back. Nothing for a text that is no entry, or one that a clock which has been set would
// make wrong: sent later than `now`.
Secret encode_entry(const deepgram::AccessToken& token);
std::optional<deepgram::AccessToken> decode_entry(const Secret& text, std::optional<deepgram::Ttl> requested,
                                                  std::chrono::system_clock::time_point now);

// Whether `token` lives long enough to be handed out again: the larger of `min_valid` and the smaller of 10 s and a
// fifth of its life.
bool is_fresh_enough(const deepgram::AccessToken& token, std::chrono::seconds min_valid,
                     std::chrono::system_clock::time_point now);

// Removes all entries of the cache, and what a killed run left unfinished, and counts the files. Other files in the
// directory stay. No directory is no failure; ErrorKind::output if one of them cannot be removed.
Result<std::size_t> clear_cache(const host::Environment& environment);

// Puts a token into the cache. One that cannot be used is told to `messages`.
void keep_token(const std::string& name, const deepgram::AccessToken& token, const host::Environment& environment,
                const host::Messages& messages);

struct CacheAnswer {
  deepgram::AccessToken token;
  bool is_cached;
};

// Mints a token within the time it is given.
using Mint = std::function<Result<deepgram::AccessToken>(std::chrono::milliseconds)>;

// A token that `is_wanted` from the cache in $XDG_CACHE_HOME/dgauth, else ~/.cache/dgauth, or from `mint`, which then
// fills the cache. Of many processes that ask at once, one mints and the others take what it wrote; who has waited for
// half of its `timeout` mints for itself in the other half. A cache that cannot be used is told to `messages`
// and is no failure; else fails as `mint` does.
Result<CacheAnswer> find_or_mint(const std::string& name, std::optional<deepgram::Ttl> requested,
                                 const std::function<bool(const deepgram::AccessToken&)>& is_wanted,
                                 std::chrono::milliseconds timeout, const host::Host& host,
                                 const host::Messages& messages, const Mint& mint);

}  // namespace dgauth::credentials
