// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "base/error.hpp"
#include "deepgram/base_url.hpp"
#include "deepgram/credential.hpp"
#include "deepgram/redactor.hpp"
#include "deepgram/replies.hpp"
#include "http/message.hpp"

namespace dgauth::deepgram {

// What a request was for, where the same answer needs another hint.
enum class Purpose { grant, transcription, other };

// What a request was about, as far as what to do about the answer depends on it.
struct Inquiry {
  Purpose purpose = Purpose::other;
  CredentialKind kind = CredentialKind::api_key;
  std::string source{};  // of the credential; empty: not known
  BaseUrl base_url{};
};

// What an answer that is no success means. The body decides, since one status has several meanings; where the body says
// nothing usable, the status does. Everything but a success is classified: 3xx too.
ErrorKind classify(int status, const ErrorBody& body);

// The whole message for the user: what happened, the server's words as far as they may be shown, what to do.
Error describe(const http::Response& response, const Inquiry& inquiry, const Redactor& redactor);

}  // namespace dgauth::deepgram
