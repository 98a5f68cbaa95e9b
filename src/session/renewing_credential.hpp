// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <vector>

#include "session/credential_choice.hpp"
#include "session/session.hpp"
#include "session/token_source.hpp"

namespace dgauth::session {

// The credential of a run of many calls. One that is minted is renewed once it has expired or was refused.
class RenewingCredential {
 public:
  // Finds the key or the token. Without `auth` there is no credential. What is to be minted is taken from the cache
  // where that is wanted, else minted later. Fails as choose_credential does. `session` must outlive it.
  static Result<std::unique_ptr<RenewingCredential>> open(Session& session, std::optional<options::Auth> auth,
                                                          const options::MintOptions& mint_options);

  // Whether it can be used now: false before the first mint, and when the token has expired or was invalidated.
  bool is_fresh() const;
  // Hands `take` the credential if it is fresh. Else the API's run() mints another, one for all who ask meanwhile, and
  // hands them that, or what the mint failed with. Minting takes `time_left` of the first who asked, at most.
  void give_fresh(deepgram::Api& api, std::chrono::milliseconds time_left, deepgram::TakeCredential take);
  bool is_renewable() const { return tokens_.has_value(); }
  // Counts the mints: which one the credential is from.
  int serial() const { return serial_; }
  // Says that the service refused the credential with this serial.
  void invalidate(int serial) { is_invalid_ = is_invalid_ || serial == serial_; }

  const deepgram::Credential& credential() const { return credential_; }
  // nullopt: not known, or never.
  std::optional<std::chrono::system_clock::time_point> expires_at() const { return expires_at_; }

 private:
  explicit RenewingCredential(Session& session) : session_(session) {}
  void accept(deepgram::AccessToken token);
  void finish_mint(Result<deepgram::AccessToken> token);

  Session& session_;
  std::optional<TokenSource> tokens_;  // of a credential that is minted
  deepgram::Credential credential_{.kind = deepgram::CredentialKind::none, .secret = {}};
  std::optional<std::chrono::system_clock::time_point> expires_at_;
  int serial_ = 0;
  bool is_invalid_ = false;
  std::vector<deepgram::TakeCredential> waiting_;  // for the mint under way
};

}  // namespace dgauth::session
