// SPDX-License-Identifier: MIT
#include "session/renewing_credential.hpp"

#include <utility>

#include "credentials/token_cache.hpp"
#include "session/token_source.hpp"

namespace dgauth::session {

using deepgram::CredentialKind;

Result<std::unique_ptr<RenewingCredential>> RenewingCredential::open(const Context& context, const Session& session,
                                                                     http::Client& client, std::optional<Auth> auth,
                                                                     const MintOptions& mint_options) {
  std::unique_ptr<RenewingCredential> live(new RenewingCredential(context, mint_options));
  if (!auth) {
    live->credential_.kind = CredentialKind::none;
    return live;
  }
  if (*auth == Auth::grant) {
    return live->prepare_mint(session, client).map([&live] { return std::move(live); });
  }
  Result<ChosenCredential> chosen = choose_credential(context, session, *auth, {});
  if (!chosen) {
    return fail(std::move(chosen.error()));
  }
  live->redactor_ = std::move(chosen->redactor);
  live->credential_ = std::move(chosen->credential);
  return live;
}

Result<void> RenewingCredential::prepare_mint(const Session& session, http::Client& client) {
  const Result<std::optional<deepgram::Ttl>> ttl = ttl_to_ask_for(session, mint_options_);
  if (!ttl) {
    return fail(ttl.error());
  }
  ttl_ = *ttl;
  Result<credentials::FoundSecret> key = session.find_key();
  if (!key) {
    return fail(std::move(key.error()));
  }
  redactor_.add(key->secret);
  mint_client_ = std::make_unique<deepgram::Api>(
      client, session.base_url(), deepgram::Credential{.kind = CredentialKind::api_key, .secret = key->secret},
      session.limits());
  if (!uses_cache(session, mint_options_)) {
    return {};
  }
  cache_name_ = credentials::cache_name(session.base_url(), ttl_, key->secret);
  return mint_with(std::move(*key), ttl_, context_, session, mint_options_).map([this](Minted&& minted) {
    accept(std::move(minted.token));
  });
}

bool RenewingCredential::is_fresh() const {
  if (!is_renewable()) {
    return true;
  }
  const bool has_expired = expires_at_ && *expires_at_ <= context_.host.now();
  return serial_ > 0 && !is_invalid_ && !has_expired;
}

void RenewingCredential::renew(std::function<void(Result<void>)> on_done) {
  mint_client_->start_grant(ttl_, [this, on_done = std::move(on_done)](Result<deepgram::AccessToken> token) {
    Result<void> accepted = token ? Result<void>() : fail(std::move(token.error()));
    if (accepted && serial_ == 0) {
      accepted = accept_life(context_, mint_options_, *token);
    }
    if (accepted) {
      if (!cache_name_.empty()) {
        credentials::keep_token(cache_name_, *token, context_.host.environment, context_.messages);
      }
      accept(std::move(*token));
    }
    on_done(std::move(accepted));
  });
}

void RenewingCredential::accept(deepgram::AccessToken token) {
  expires_at_ = token.expires_at();
  credential_ = {.kind = CredentialKind::access_token, .secret = std::move(token.value)};
  redactor_.add(credential_.secret);
  is_invalid_ = false;
  ++serial_;
}

}  // namespace dgauth::session
