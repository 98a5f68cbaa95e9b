// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include "base/secret.hpp"

namespace dgauth::deepgram {

enum class CredentialKind {
  api_key,
  access_token,
  none,  // for a server that asks for none
};

// What a request is authenticated with. The scheme word follows the kind: an API key sent as Bearer is refused, and so
// is a token sent as Token (documented).
struct Credential {
  CredentialKind kind = CredentialKind::api_key;
  Secret secret;
  std::string source{};  // env:…, file:…, stdin or profile:…; empty: it was minted, or nobody has said
};

// "DEEPGRAM_API_KEY", "the file /run/key", "profile dev": such a source in a message.
std::string source_in_words(std::string_view source);

// "Token <key>" or "Bearer <jwt>": the value of an Authorization header; empty without a credential.
Secret authorization_value(const Credential& credential);

// "token, <key>" or "bearer, <jwt>": the value of Sec-WebSocket-Protocol, for clients that cannot set headers
// (documented in "Using the Sec-WebSocket-Protocol").
Secret subprotocol_value(const Credential& credential);

// Three parts of base64url with dots between, beginning `eyJ`: what an access token looks like and a key does not.
bool looks_like_jwt(std::string_view text);

// 40 hexadecimal digits, as every API key that the console makes.
bool looks_like_api_key(std::string_view text);

// 1 to 8192 bytes of [A-Za-z0-9._~+/-], then any `=`: the alphabet of RFC 6750. Such a text needs no quoting in any
// shell, header, JSON text or log.
bool is_bearer_token(std::string_view text);

}  // namespace dgauth::deepgram
