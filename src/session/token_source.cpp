// SPDX-License-Identifier: MIT
#include "session/token_source.hpp"

#include <string>
#include <utility>
#include <vector>

#include "credentials/token_cache.hpp"
#include "options/option_binding.hpp"

namespace dgauth::session {

namespace {

Result<deepgram::AccessToken> ask_service(const Session& session, std::optional<deepgram::Ttl> ttl, const Secret& key,
                                          std::chrono::milliseconds timeout) {
  const Result<std::unique_ptr<http::Client>> client = session.make_client();
  if (!client) {
    return fail(client.error());
  }
  http::RequestLimits limits = session.limits();
  limits.total = timeout;
  deepgram::Api api(**client, session.base_url(), {.kind = deepgram::CredentialKind::api_key, .secret = key}, limits);
  return api.grant(ttl);
}

Result<credentials::CacheAnswer> obtain(const Context& context, const Session& session, const MintOptions& options,
                                        std::optional<deepgram::Ttl> ttl, const Secret& key) {
  const auto mint_one = [&](std::chrono::milliseconds timeout) { return ask_service(session, ttl, key, timeout); };
  if (!uses_cache(session, options)) {
    return mint_one(session.limits().total).map([](deepgram::AccessToken&& token) {
      return credentials::CacheAnswer{.token = std::move(token), .is_cached = false};
    });
  }
  const std::optional<credentials::Profile>& profile = session.profile();
  const auto profile_min_valid = profile ? profile->min_valid : std::nullopt;
  const auto least_life = (options.min_valid ? options.min_valid : profile_min_valid).value_or(std::chrono::seconds(0));
  const auto is_wanted = [&](const deepgram::AccessToken& token) {
    const bool has_right_life = !options.strict_ttl || token.expires_in == ttl->seconds();
    return has_right_life && credentials::is_fresh_enough(token, least_life, context.host.now());
  };
  Result<credentials::CacheAnswer> answer =
      credentials::find_or_mint(credentials::cache_name(session.base_url(), ttl, key), ttl, is_wanted,
                                session.limits().total, context.host, context.messages, mint_one);
  if (answer) {
    context.messages.trace(answer->is_cached ? "token from the cache" : "token newly minted");
  }
  return answer;
}

}  // namespace

void declare_mint_options(CLI::App& app, MintOptions& options) {
  options::bind_value(app, "--ttl", options.ttl, deepgram::parse_ttl, "DURATION", "Life of the token, 1s to 1h");
  options::bind_flag(app, "--strict-ttl", options.strict_ttl, "Fail (8) if the server grants another");
  CLI::Option* const cache = options::bind_flag(app, "--cache", options.cache, "Reuse a token that still lives");
  options::bind_flag(app, "--no-cache", options.no_cache, "Always mint, whatever the profile says")->excludes(cache);
  options::bind_value(app, "--min-valid", options.min_valid, options::parse_duration_option, "DURATION",
                      "Least life of a cached token");
}

Result<std::optional<deepgram::Ttl>> ttl_to_ask_for(const Session& session, const MintOptions& options) {
  const std::optional<credentials::Profile>& profile = session.profile();
  const auto profile_ttl = profile ? profile->ttl : std::nullopt;
  const std::optional<deepgram::Ttl> ttl = options.ttl ? options.ttl : profile_ttl;
  if (options.strict_ttl && !ttl) {
    return fail(ErrorKind::usage, "--strict-ttl needs a TTL to be strict about", "add --ttl, or a ttl to the profile");
  }
  return ttl;
}

bool uses_cache(const Session& session, const MintOptions& options) {
  const std::optional<credentials::Profile>& profile = session.profile();
  return options.cache || (profile && profile->cache && !options.no_cache);
}

Result<void> refuse_mint_options(const MintOptions& options) {
  return options == MintOptions{}
             ? Result<void>()
             : fail(ErrorKind::usage, "--ttl, --strict-ttl and the cache options are about a token to be minted",
                    "add --auth grant, or leave them out");
}

Result<void> accept_life(const Context& context, const MintOptions& options, const deepgram::AccessToken& token) {
  const std::vector<std::string> doubts = deepgram::warnings_for(token);
  if (options.strict_ttl && token.expires_in != token.requested->seconds()) {
    return fail({.kind = ErrorKind::service,
                 .message = doubts.front() + ", and --strict-ttl is given",
                 .hint = "ask for another --ttl, or leave out --strict-ttl",
                 .http_status = {},
                 .request_id = token.request_id});
  }
  for (const std::string& doubt : doubts) {
    context.messages.warn(doubt);
  }
  return {};
}

Result<Minted> mint(const Context& context, const Session& session, const MintOptions& options) {
  const Result<std::optional<deepgram::Ttl>> ttl = ttl_to_ask_for(session, options);
  if (!ttl) {
    return fail(ttl.error());
  }
  Result<credentials::FoundSecret> key = session.find_key();
  return key ? mint_with(std::move(*key), *ttl, context, session, options) : fail(std::move(key.error()));
}

Result<Minted> mint_with(credentials::FoundSecret key, std::optional<deepgram::Ttl> ttl, const Context& context,
                         const Session& session, const MintOptions& options) {
  Result<credentials::CacheAnswer> answer = obtain(context, session, options, ttl, key.secret);
  if (!answer) {
    return fail(std::move(answer.error()));
  }
  if (Result<void> accepted = accept_life(context, options, answer->token); !accepted) {
    return fail(std::move(accepted.error()));
  }
  return Minted{.token = std::move(answer->token),
                .key_source = std::move(key.source),
                .api_key = std::move(key.secret),
                .is_cached = answer->is_cached};
}

}  // namespace dgauth::session
