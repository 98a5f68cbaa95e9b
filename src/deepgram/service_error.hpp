// SPDX-License-Identifier: MIT
#pragma once

#include "base/error.hpp"
#include "deepgram/credential.hpp"
#include "deepgram/redactor.hpp"
#include "deepgram/replies.hpp"
#include "http/message.hpp"

namespace dgauth::deepgram {

// What a request was for, where the same answer needs another hint.
enum class Purpose { grant, transcription, other };

// What an answer that is no success means. The body decides, since one status has several meanings; where the body says
// nothing usable, the status does. Everything but a success is classified: 3xx too.
ErrorKind classify(int status, const ErrorBody& body);

// The whole message for the user: what happened, the server's words as far as they may be shown, what to do.
Error describe(const http::Response& response, Purpose purpose, CredentialKind kind, const Redactor& redactor);

}  // namespace dgauth::deepgram
