// SPDX-License-Identifier: MIT
#include "session/token_source.hpp"

#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "credentials/token_cache.hpp"

namespace dgauth::session {

Result<std::optional<deepgram::Ttl>> ttl_to_ask_for(const Session& session, const options::MintOptions& options) {
  const std::optional<credentials::Profile>& profile = session.profile();
  const auto profile_ttl = profile ? profile->ttl : std::nullopt;
  const std::optional<deepgram::Ttl> ttl = options.ttl ? options.ttl : profile_ttl;
  if (options.strict_ttl && !ttl) {
    return fail(ErrorKind::usage, "--strict-ttl needs --ttl, or ttl in the profile");
  }
  return ttl;
}

std::string warning_of_min_valid(std::string_view name, std::chrono::seconds min_valid,
                                 std::optional<deepgram::Ttl> ttl) {
  const std::chrono::seconds lifetime = ttl ? ttl->seconds() : deepgram::Ttl::default_lifetime;
  return min_valid < lifetime
             ? std::string()
             : fmt::format("{} {} s is not shorter than the token lifetime of {} s, so no cached token is ever used",
                           name, min_valid.count(), lifetime.count());
}

TokenSource::TokenSource(Session& session, const options::MintOptions& options)
    : session_(&session),
      is_strict_(options.strict_ttl),
      uses_cache_(options.cache),
      min_valid_(options.min_valid.value_or(std::chrono::seconds(0))) {
  if (const std::optional<credentials::Profile>& profile = session.profile()) {
    uses_cache_ = options.cache || (profile->cache && !options.no_cache);
    min_valid_ = options.min_valid ? *options.min_valid : profile->min_valid.value_or(min_valid_);
  }
}

Result<TokenSource> TokenSource::open(Session& session, const options::MintOptions& options) {
  TokenSource source(session, options);
  TRY_ASSIGN(source.ttl_, ttl_to_ask_for(session, options));
  TRY(source.check_min_valid(options));
  TRY_ASSIGN(source.key_, session.find_key());
  return source;
}

Result<void> TokenSource::check_min_valid(const options::MintOptions& options) const {
  if (!uses_cache_) {
    if (options.min_valid) {
      session_->messages().warn("--min-valid has no effect without --cache, or cache = true in the profile");
    }
    return {};
  }
  const std::string what = warning_of_min_valid(options.min_valid ? "--min-valid" : "min_valid", min_valid_, ttl_);
  if (what.empty()) {
    return {};
  }
  if (options.min_valid && options.ttl) {
    return fail(ErrorKind::usage, what, "raise --ttl, or lower --min-valid");
  }
  session_->messages().warn(what);
  return {};
}

Result<deepgram::AccessToken> TokenSource::obtain() {
  TRY_ASSIGN(const http::RequestLimits limits, session_->limits_left());
  const std::chrono::milliseconds timeout = limits.total;
  if (!uses_cache_) {
    TRY_ASSIGN(deepgram::AccessToken token, mint(timeout));
    TRY(accept_lifetime(token));
    return token;
  }
  TRY_ASSIGN(deepgram::AccessToken token,
             credentials::find_or_mint(
                 cache_name(), ttl_, [this](const deepgram::AccessToken& token) { return is_good_enough(token); },
                 timeout, session_->host(), session_->messages(),
                 [this](std::chrono::milliseconds time_left) { return mint(time_left); }));
  session_->messages().trace(token.is_cached ? "token from the cache" : "token newly minted");
  session_->keep_out_of_messages(token.value);
  token.key_source = key_.source;
  TRY(accept_lifetime(token));
  return token;
}

Result<deepgram::AccessToken> TokenSource::mint(std::chrono::milliseconds timeout) {
  TRY_ASSIGN(deepgram::Api * api, session_->api());
  http::RequestLimits limits = session_->limits_of_each();
  limits.total = timeout;
  TRY_ASSIGN(deepgram::AccessToken token, api->grant(ttl_, credential(), limits));
  token.key_source = key_.source;
  return token;
}

void TokenSource::start_mint(deepgram::Api& api, const http::RequestLimits& limits, deepgram::Api::OnToken on_done) {
  api.start_grant(
      ttl_, credential(), limits, [this, on_done = std::move(on_done)](Result<deepgram::AccessToken> token) {
        if (token) {
          token->key_source = key_.source;
          if (uses_cache_) {
            credentials::keep_token(cache_name(), *token, session_->host().environment, session_->messages());
          }
        }
        on_done(std::move(token));
      });
}

Result<void> TokenSource::accept_lifetime(const deepgram::AccessToken& token) const {
  const std::vector<std::string> warnings = deepgram::warnings_for(token);
  if (is_strict_ && token.expires_in != token.requested->seconds()) {
    return fail({.kind = ErrorKind::service,
                 .message = warnings.front() + ", and --strict-ttl is given",
                 .hint = "ask for another --ttl, or leave out --strict-ttl",
                 .request_id = token.request_id});
  }
  for (const std::string& warning : warnings) {
    session_->messages().warn(warning);
  }
  return {};
}

bool TokenSource::is_good_enough(const deepgram::AccessToken& token) const {
  const bool has_right_lifetime = !is_strict_ || token.expires_in == ttl_->seconds();
  return has_right_lifetime && credentials::is_fresh_enough(token, min_valid_, session_->host().clock.now());
}

std::string TokenSource::cache_name() const { return credentials::cache_name(session_->base_url(), ttl_, key_.secret); }

}  // namespace dgauth::session
