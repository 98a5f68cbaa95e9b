// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include "deepgram/credential.hpp"
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
  std::string source;  // where the key or the token came from; of a minted token, its key
};

// Finds or mints the credential. Fails as TokenSource, Session::find_key and Session::find_access_token do, and with
// forbidden for a token that has expired by the local clock.
Result<ChosenCredential> choose_credential(Session& session, Auth auth, const MintOptions& mint_options);

}  // namespace dgauth::session
