// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>

#include "base/result.hpp"
#include "credentials/cache_entry.hpp"
#include "deepgram/access_token.hpp"
#include "host/host.hpp"
#include "host/messages.hpp"

// The cache of tokens in $XDG_CACHE_HOME/dgauth, else ~/.cache/dgauth, which all runs of the user share.
namespace dgauth::credentials {

// Removes all entries of the cache and the temporary files of killed runs, and returns how many files there were. Other
// files in the directory stay. 0 if there is no directory; ErrorKind::output if a file cannot be removed.
Result<std::size_t> clear_cache(const host::Environment& environment);

// Writes `token` to the cache as the entry `name`, unless its life is unknown. A failure is a warning.
void keep_token(const std::string& name, const deepgram::AccessToken& token, const host::Environment& environment,
                const host::Messages& messages);

// Mints a token within the time it is given.
using Mint = std::function<Result<deepgram::AccessToken>(std::chrono::milliseconds)>;

// The token in the entry `name` if `is_wanted`, which then is_cached, else one from `mint`, which is then written to
// the cache. Of several processes that ask at once, one mints and the others wait for its token: each for half of its
// `timeout` at most, and then it mints a token of its own. What the service decided about the key is the result
// of all that were waiting then. `mint` is given what is left of `timeout`. Fails
// as `mint` does; a cache that cannot be used is a warning.
Result<deepgram::AccessToken> find_or_mint(const std::string& name, std::optional<deepgram::Ttl> requested,
                                           const std::function<bool(const deepgram::AccessToken&)>& is_wanted,
                                           std::chrono::milliseconds timeout, const host::Host& host,
                                           const host::Messages& messages, const Mint& mint);

}  // namespace dgauth::credentials
