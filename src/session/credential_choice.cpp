// SPDX-License-Identifier: MIT
#include "session/credential_choice.hpp"

#include <array>
#include <utility>

#include <fmt/format.h>

#include "deepgram/jwt.hpp"
#include "options/enum_names.hpp"

namespace dgauth::session {
namespace {

using deepgram::CredentialKind;

constexpr std::array<options::EnumName<Auth>, 3> auths = {
    {{"grant", Auth::grant}, {"key", Auth::key}, {"token", Auth::token}}};

ChosenCredential chosen(CredentialKind kind, Secret secret, std::string source) {
  ChosenCredential choice{
      .credential = {.kind = kind, .secret = std::move(secret)}, .source = std::move(source), .redactor = {}};
  choice.redactor.add(choice.credential.secret);
  return choice;
}

Result<ChosenCredential> token_of_environment(const Context& context) {
  const host::Host& host = context.host;
  Result<credentials::FoundSecret> found = credentials::find_access_token(host.environment);
  if (!found) {
    return fail(std::move(found.error()));
  }
  context.messages.trace(
      fmt::format("access token from {}, fingerprint {}", found->source, credentials::fingerprint(found->secret)));
  const std::optional<deepgram::Claims> claims = deepgram::decode_claims(found->secret);
  if (claims && claims->expires_at && *claims->expires_at <= host.now()) {
    const auto ago = std::chrono::floor<std::chrono::seconds>(host.now() - *claims->expires_at);
    return fail(ErrorKind::forbidden,
                fmt::format("the token in DEEPGRAM_ACCESS_TOKEN expired {} s ago by the local clock", ago.count()),
                "mint a fresh one: leave out --auth token");
  }
  return chosen(CredentialKind::access_token, std::move(found->secret), std::move(found->source));
}

}  // namespace

Result<Auth> parse_auth(std::string_view text) {
  if (const std::optional<Auth> auth = options::find_named(auths, text)) {
    return *auth;
  }
  return fail(ErrorKind::usage, "is none of grant, key and token");
}

Result<ChosenCredential> choose_credential(const Context& context, const Session& session, Auth auth,
                                           const MintOptions& mint_options) {
  if (auth == Auth::token) {
    return token_of_environment(context);
  }
  if (auth == Auth::key) {
    return session.find_key().map([](credentials::FoundSecret&& key) {
      return chosen(CredentialKind::api_key, std::move(key.secret), std::move(key.source));
    });
  }
  return mint(context, session, mint_options).map([](Minted&& minted) {
    ChosenCredential choice =
        chosen(CredentialKind::access_token, std::move(minted.token.value), std::move(minted.key_source));
    choice.redactor.add(minted.api_key);
    return choice;
  });
}

}  // namespace dgauth::session
