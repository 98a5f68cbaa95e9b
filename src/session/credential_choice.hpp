// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include "deepgram/credential.hpp"
#include "options/auth.hpp"
#include "session/session.hpp"
#include "session/token_source.hpp"

namespace dgauth::session {

struct ChosenCredential {
  deepgram::Credential credential;
  std::string source;  // where the key or the token came from; of a minted token, its key
};

// Finds or mints the credential. Fails as TokenSource, Session::find_key and Session::find_access_token do, and with
// forbidden for a token that has expired by the local clock.
Result<ChosenCredential> choose_credential(Session& session, options::Auth auth,
                                           const options::MintOptions& mint_options);

}  // namespace dgauth::session
