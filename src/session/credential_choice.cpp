// SPDX-License-Identifier: MIT
#include "session/credential_choice.hpp"

#include <utility>

#include <fmt/format.h>

#include "base/time_words.hpp"
#include "deepgram/jwt.hpp"

namespace dgauth::session {
namespace {

using deepgram::CredentialKind;
using options::Auth;

// Member by member: g++ 12 destroys part of an aggregate twice when memory runs out amid its initialisation.
ChosenCredential chosen_of(CredentialKind kind, credentials::FoundSecret found) {
  ChosenCredential chosen;
  chosen.credential.kind = kind;
  chosen.credential.secret = std::move(found.secret);
  chosen.credential.source = found.source;
  chosen.source = std::move(found.source);
  return chosen;
}

Result<ChosenCredential> token_of_environment(Session& session) {
  TRY_ASSIGN(credentials::FoundSecret found, session.find_access_token());
  const auto now = session.host().clock.now();
  const std::optional<deepgram::Claims> claims = deepgram::decode_claims(found.secret);
  if (claims && claims->expires_at && *claims->expires_at <= now) {
    const auto ago = std::chrono::floor<std::chrono::seconds>(now - *claims->expires_at);
    return fail(ErrorKind::forbidden,
                fmt::format("the token in DEEPGRAM_ACCESS_TOKEN expired {} ago by the local clock", span_in_words(ago)),
                "use --auth grant to get a new one");
  }
  return chosen_of(CredentialKind::access_token, std::move(found));
}

}  // namespace

Result<ChosenCredential> choose_credential(Session& session, Auth auth, const options::MintOptions& mint_options) {
  if (auth == Auth::token) {
    return token_of_environment(session);
  }
  if (auth == Auth::key) {
    TRY_ASSIGN(credentials::FoundSecret key, session.find_key());
    return chosen_of(CredentialKind::api_key, std::move(key));
  }
  TRY_ASSIGN(TokenSource tokens, TokenSource::open(session, mint_options));
  TRY_ASSIGN(deepgram::AccessToken token, tokens.obtain());
  return ChosenCredential{
      .credential = {.kind = CredentialKind::access_token, .secret = std::move(token.value), .source = {}},
      .source = std::move(token.key_source)};
}

}  // namespace dgauth::session
