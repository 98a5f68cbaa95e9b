// SPDX-License-Identifier: MIT
#include "commands/live_credential.hpp"

#include <utility>

#include "commands/mint.hpp"

namespace dgauth::commands {

using deepgram::CredentialKind;

Result<std::unique_ptr<LiveCredential>> LiveCredential::open(const Context& context, const Connection& connection,
                                                             http::Exchange& exchange, std::optional<Auth> auth) {
  const Result<std::optional<deepgram::Ttl>> ttl = ttl_to_ask_for(connection, {});
  if (!ttl) {
    return fail(ttl.error());
  }
  std::unique_ptr<LiveCredential> live(new LiveCredential(context, *ttl));
  if (!auth) {
    live->credential_.kind = CredentialKind::none;
    return live;
  }
  const bool is_minted = *auth == Auth::grant;
  Result<ChosenCredential> chosen = choose_credential(context, connection, is_minted ? Auth::key : *auth, {});
  if (!chosen) {
    return fail(std::move(chosen.error()));
  }
  live->redactor_ = std::move(chosen->redactor);
  if (is_minted) {
    live->mint_client_ = std::make_unique<deepgram::Client>(exchange, connection.base_url(),
                                                            std::move(chosen->credential), connection.patience());
  } else {
    live->credential_ = std::move(chosen->credential);
  }
  return live;
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
    if (!token) {
      on_done(fail(std::move(token.error())));
      return;
    }
    accept(std::move(*token));
    on_done({});
  });
}

void LiveCredential::accept(deepgram::AccessToken token) {
  if (generation_ == 0) {
    for (const std::string& doubt : deepgram::doubts_about(token)) {
      context_.messages.warn(doubt);
    }
  }
  expires_at_ = token.expires_at();
  credential_ = {.kind = CredentialKind::access_token, .secret = std::move(token.value)};
  redactor_.add(credential_.secret);
  is_given_up_ = false;
  ++generation_;
}

}  // namespace dgauth::commands
