// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "deepgram/api.hpp"
#include "session/context.hpp"
#include "session/credential_choice.hpp"
#include "session/session.hpp"

namespace dgauth::session {

// The credential of a run of many requests. One that is minted is minted anew when it has expired.
class RenewingCredential {
 public:
  // Finds the key or the token. No `auth` is no credential; what is to be minted is taken from the cache where that is
  // wanted, else later. Fails as choose_credential does. `client` and `context` must outlive it.
  static Result<std::unique_ptr<RenewingCredential>> open(const Context& context, const Session& session,
                                                          http::Client& client, std::optional<Auth> auth,
                                                          const MintOptions& mint_options);

  // Whether it can be used now: false before the first mint, and when the token has expired or been given up.
  bool is_fresh() const;
  // Mints another; `on_done` is called by the client's run().
  void renew(std::function<void(Result<void>)> on_done);
  bool is_renewable() const { return mint_client_ != nullptr; }
  // Which mint the credential is from.
  int serial() const { return serial_; }
  // Says that the service refused the credential of this generation.
  void invalidate(int serial) { is_invalid_ = is_invalid_ || serial == serial_; }

  const deepgram::Credential& credential() const { return credential_; }
  // Knows every secret that was in play.
  const deepgram::Redactor& redactor() const { return redactor_; }

 private:
  RenewingCredential(const Context& context, const MintOptions& mint_options)
      : context_(context), mint_options_(mint_options) {}
  Result<void> prepare_mint(const Session& session, http::Client& client);
  void accept(deepgram::AccessToken token);

  const Context& context_;
  MintOptions mint_options_;
  std::optional<deepgram::Ttl> ttl_;
  std::unique_ptr<deepgram::Api> mint_client_;  // of a credential that is minted
  std::string cache_name_;                      // empty: tokens are not kept
  deepgram::Credential credential_;
  deepgram::Redactor redactor_;
  std::optional<std::chrono::system_clock::time_point> expires_at_;
  int serial_ = 0;
  bool is_invalid_ = false;
};

}  // namespace dgauth::session
