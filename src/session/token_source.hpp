// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "options/mint_options.hpp"
#include "session/context.hpp"
#include "session/session.hpp"

namespace dgauth::session {

// The TTL to ask for: --ttl, else the profile's. ErrorKind::usage for --strict-ttl without any.
Result<std::optional<deepgram::Ttl>> ttl_to_ask_for(const Session& session, const options::MintOptions& options);

// Says that a cached token never has `min_valid`, which `name` calls so in the message, left; empty if that is not so.
// `ttl` is what tokens are asked for, nullopt the server's default.
std::string warning_of_min_valid(std::string_view name, std::chrono::seconds min_valid,
                                 std::optional<deepgram::Ttl> ttl);

// A source of temporary tokens: minted, or taken from the cache where that is wanted.
class TokenSource {
 public:
  // Settles the lifetime and finds the key. Fails as ttl_to_ask_for and Session::find_key do. `session` must outlive
  // it.
  static Result<TokenSource> open(Session& session, const options::MintOptions& options);

  bool uses_cache() const { return uses_cache_; }
  // A token from the cache where that is wanted, else a new one, within the session's limits; warns of what is odd
  // about it. Fails as Api::grant does, and with service when --strict-ttl is not met.
  Result<deepgram::AccessToken> obtain();
  // Mints a token among other calls, without looking into the cache, which it fills; `on_done` is called by Api::run().
  // Does not warn of its lifetime.
  void start_mint(deepgram::Api& api, const http::RequestLimits& limits, deepgram::Api::OnToken on_done);
  // Warns of what is odd about the lifetime of a new token. ErrorKind::service when --strict-ttl is not met.
  Result<void> accept_lifetime(const deepgram::AccessToken& token) const;

 private:
  TokenSource(Session& session, const options::MintOptions& options);
  Result<deepgram::AccessToken> mint(std::chrono::milliseconds timeout);
  // Tells of a minimum that makes the cache useless, or that has no cache. ErrorKind::usage if --ttl and --min-valid
  // contradict each other; what a profile or the server's default has a part in is a warning.
  Result<void> check_min_valid(const options::MintOptions& options) const;
  bool is_good_enough(const deepgram::AccessToken& token) const;
  std::string cache_name() const;
  deepgram::Credential credential() const {
    return {.kind = deepgram::CredentialKind::api_key, .secret = key_.secret, .source = key_.source};
  }

  Session* session_;
  std::optional<deepgram::Ttl> ttl_;  // to ask for
  bool is_strict_;
  bool uses_cache_;
  std::chrono::seconds min_valid_;  // the least that a cached token must have left
  credentials::FoundSecret key_{};
};

}  // namespace dgauth::session
