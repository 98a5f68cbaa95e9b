// SPDX-License-Identifier: MIT
#include "session/credential_choice.hpp"

#include <utility>

#include <fmt/format.h>

#include "deepgram/jwt.hpp"

namespace dgauth::session {
namespace {

using deepgram::CredentialKind;
using options::Auth;

Result<ChosenCredential> token_of_environment(Session& session) {
  TRY_ASSIGN(credentials::FoundSecret found, session.find_access_token());
  const auto now = session.host().clock.now();
  const std::optional<deepgram::Claims> claims = deepgram::decode_claims(found.secret);
  if (claims && claims->expires_at && *claims->expires_at <= now) {
    const auto ago = std::chrono::floor<std::chrono::seconds>(now - *claims->expires_at);
    return fail(ErrorKind::forbidden,
                fmt::format("the token in DEEPGRAM_ACCESS_TOKEN expired {} s ago by the local clock", ago.count()),
                "mint a fresh one: leave out --auth token");
  }
  return ChosenCredential{.credential = {.kind = CredentialKind::access_token, .secret = std::move(found.secret)},
                          .source = std::move(found.source)};
}

}  // namespace

Result<ChosenCredential> choose_credential(Session& session, Auth auth, const options::MintOptions& mint_options) {
  if (auth == Auth::token) {
    return token_of_environment(session);
  }
  if (auth == Auth::key) {
    TRY_ASSIGN(credentials::FoundSecret key, session.find_key());
    return ChosenCredential{.credential = {.kind = CredentialKind::api_key, .secret = std::move(key.secret)},
                            .source = std::move(key.source)};
  }
  TRY_ASSIGN(TokenSource tokens, TokenSource::open(session, mint_options));
  TRY_ASSIGN(deepgram::AccessToken token, tokens.obtain());
  return ChosenCredential{.credential = {.kind = CredentialKind::access_token, .secret = std::move(token.value)},
                          .source = std::move(token.key_source)};
}

}  // namespace dgauth::session
