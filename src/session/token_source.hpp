// SPDX-License-Identifier: MIT
#pragma once

#include <optional>

#include "session/context.hpp"
#include "session/session.hpp"

namespace CLI {
class App;
}

namespace dgauth::session {

// What the commands that mint have in common.
struct MintOptions {
  std::optional<deepgram::Ttl> ttl{};               // nothing: the profile's, else the server's default
  bool strict_ttl = false;                          // a life other than asked for is a failure
  bool cache = false;                               // --cache, even where the profile has none
  bool no_cache = false;                            // --no-cache, even where the profile has one
  std::optional<std::chrono::seconds> min_valid{};  // the least life of a token from the cache

  bool operator==(const MintOptions&) const = default;
};

// Declares --ttl, --strict-ttl, --cache, --no-cache and --min-valid.
void declare_mint_options(CLI::App& app, MintOptions& options);

// The TTL to ask for: --ttl, else the profile's. ErrorKind::usage for --strict-ttl without any.
Result<std::optional<deepgram::Ttl>> ttl_to_ask_for(const Session& session, const MintOptions& options);

struct Minted {
  deepgram::AccessToken token;
  std::string key_source;
  Secret api_key{};  // with which it was minted: a server may repeat it
  bool is_cached = false;
};

// Whether tokens are to be kept and reused: as --cache or --no-cache says, else the profile.
bool uses_cache(const Session& session, const MintOptions& options);

// ErrorKind::usage if `options` say anything: for a run without a mint.
Result<void> refuse_mint_options(const MintOptions& options);

// Warns of what is odd about the life of a new token. ErrorKind::service when --strict-ttl is not met.
Result<void> accept_life(const Context& context, const MintOptions& options, const deepgram::AccessToken& token);

// Mints a token, or takes it from the cache where that is wanted, and warns of what is odd about it. Fails as
// ttl_to_ask_for, Session::find_key and Api::grant do, and with service when --strict-ttl is not met.
Result<Minted> mint(const Context& context, const Session& session, const MintOptions& options);
// The same with a key and a TTL that have been found already.
Result<Minted> mint_with(credentials::FoundSecret key, std::optional<deepgram::Ttl> ttl, const Context& context,
                         const Session& session, const MintOptions& options);

}  // namespace dgauth::session
