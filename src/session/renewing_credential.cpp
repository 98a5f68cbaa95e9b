// SPDX-License-Identifier: MIT
#include "session/renewing_credential.hpp"

#include <utility>

#include "credentials/token_cache.hpp"
#include "session/token_source.hpp"

namespace dgauth::session {

using deepgram::CredentialKind;

Result<std::unique_ptr<LiveCredential>> LiveCredential::open(const Context& context, const Connection& connection,
                                                             http::Exchange& exchange, std::optional<Auth> auth,
                                                             const MintOptions& mint_options) {
  std::unique_ptr<LiveCredential> live(new LiveCredential(context, mint_options));
  if (!auth) {
    live->credential_.kind = CredentialKind::none;
    return live;
  }
  if (*auth == Auth::grant) {
    return live->prepare_mint(connection, exchange).map([&live] { return std::move(live); });
  }
  Result<ChosenCredential> chosen = choose_credential(context, connection, *auth, {});
  if (!chosen) {
    return fail(std::move(chosen.error()));
  }
  live->redactor_ = std::move(chosen->redactor);
  live->credential_ = std::move(chosen->credential);
  return live;
}

Result<void> LiveCredential::prepare_mint(const Connection& connection, http::Exchange& exchange) {
  const Result<std::optional<deepgram::Ttl>> ttl = ttl_to_ask_for(connection, mint_options_);
  if (!ttl) {
    return fail(ttl.error());
  }
  ttl_ = *ttl;
  Result<credentials::FoundSecret> key = connection.find_key();
  if (!key) {
    return fail(std::move(key.error()));
  }
  redactor_.add(key->secret);
  mint_client_ = std::make_unique<deepgram::Client>(
      exchange, connection.base_url(), deepgram::Credential{.kind = CredentialKind::api_key, .secret = key->secret},
      connection.patience());
  if (!uses_cache(connection, mint_options_)) {
    return {};
  }
  cache_name_ = credentials::cache_name(connection.base_url(), ttl_, key->secret);
  return mint_with(std::move(*key), ttl_, context_, connection, mint_options_).map([this](Minted&& minted) {
    accept(std::move(minted.token));
  });
}

bool LiveCredential::is_fresh() const {
  if (!is_renewable()) {
    return true;
  }
  const bool has_expired = expires_at_ && *expires_at_ <= context_.host.now();
  return generation_ > 0 && !is_given_up_ && !has_expired;
}

void LiveCredential::renew(std::function<void(Result<void>)> on_done) {
  mint_client_->start_grant(ttl_, [this, on_done = std::move(on_done)](Result<deepgram::AccessToken> token) {
    Result<void> accepted = token ? Result<void>() : fail(std::move(token.error()));
    if (accepted && generation_ == 0) {
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

void LiveCredential::accept(deepgram::AccessToken token) {
  expires_at_ = token.expires_at();
  credential_ = {.kind = CredentialKind::access_token, .secret = std::move(token.value)};
  redactor_.add(credential_.secret);
  is_given_up_ = false;
  ++generation_;
}

}  // namespace dgauth::session
