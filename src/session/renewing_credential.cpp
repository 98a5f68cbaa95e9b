// SPDX-License-Identifier: MIT
#include "session/renewing_credential.hpp"

#include <algorithm>
#include <utility>

namespace dgauth::session {

Result<std::unique_ptr<RenewingCredential>> RenewingCredential::open(Session& session,
                                                                     std::optional<options::Auth> auth,
                                                                     const options::MintOptions& mint_options) {
  std::unique_ptr<RenewingCredential> renewing(new RenewingCredential(session));
  if (auth == options::Auth::grant) {
    TRY_ASSIGN(renewing->tokens_, TokenSource::open(session, mint_options));
    if (renewing->tokens_->uses_cache()) {
      TRY_ASSIGN(deepgram::AccessToken token, renewing->tokens_->obtain());
      renewing->accept(std::move(token));
    }
  } else if (auth) {
    TRY_ASSIGN(ChosenCredential chosen, choose_credential(session, *auth, {}));
    renewing->credential_ = std::move(chosen.credential);
  }
  return renewing;
}

bool RenewingCredential::is_fresh() const {
  if (!is_renewable()) {
    return true;
  }
  const bool has_expired = expires_at_ && *expires_at_ <= session_.host().clock.now();
  return serial_ > 0 && !is_invalid_ && !has_expired;
}

void RenewingCredential::give_fresh(deepgram::Api& api, std::chrono::milliseconds time_left,
                                    deepgram::TakeCredential take) {
  if (is_fresh()) {
    take(credential_);
    return;
  }
  waiting_.push_back(std::move(take));
  if (waiting_.size() > 1) {
    return;
  }
  Result<http::RequestLimits> limits = serial_ == 0 ? session_.limits_left() : session_.limits_of_each();
  if (!limits) {
    finish_mint(fail(limits.error()));
    return;
  }
  limits->total = std::min(limits->total, time_left);
  tokens_->start_mint(api, *limits, [this](Result<deepgram::AccessToken> token) { finish_mint(std::move(token)); });
}

void RenewingCredential::finish_mint(Result<deepgram::AccessToken> token) {
  Result<void> accepted = token ? Result<void>() : fail(std::move(token.error()));
  if (accepted && serial_ == 0) {  // later ones would warn of the same
    accepted = tokens_->accept_lifetime(*token);
  }
  if (accepted) {
    accept(std::move(*token));
  }
  for (const deepgram::TakeCredential& take : std::exchange(waiting_, {})) {
    take(accepted.map([this] { return credential_; }));
  }
}

void RenewingCredential::accept(deepgram::AccessToken token) {
  expires_at_ = token.expires_at();
  credential_ = {.kind = deepgram::CredentialKind::access_token, .secret = std::move(token.value)};
  is_invalid_ = false;
  ++serial_;
}

}  // namespace dgauth::session
