// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "deepgram/credential.hpp"
#include "deepgram/redactor.hpp"
#include "session/context.hpp"
#include "session/session.hpp"
#include "session/token_source.hpp"

namespace dgauth::session {

// Which credential a command uses.
enum class Auth {
  grant,  // a token minted for this run
  key,    // the API key
  token,  // the token in DEEPGRAM_ACCESS_TOKEN
};

// What a value of --auth means. ErrorKind::usage else; the message begins with a predicate.
Result<Auth> parse_auth(std::string_view text);

struct ChosenCredential {
  deepgram::Credential credential;
  std::string source;           // where the key or the token came from; of a minted token, its key
  deepgram::Redactor redactor;  // knows every secret that was used to get it, and itself
};

// Finds or mints the credential. Fails as mint(), find_api_key and find_access_token do, and with forbidden for a token
// that has expired by the local clock.
Result<ChosenCredential> choose_credential(const Context& context, const Session& session, Auth auth,
                                           const MintOptions& mint_options);

}  // namespace dgauth::session
