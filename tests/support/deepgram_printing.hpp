// SPDX-License-Identifier: MIT
#pragma once

#include "deepgram/base_url.hpp"
#include "deepgram/credential.hpp"
#include "deepgram/replies.hpp"
#include "deepgram/ttl.hpp"
#include "support/printing.hpp"

namespace dgauth::deepgram {

inline doctest::String toString(const Ttl& ttl) { return support::braced("Ttl", ttl.seconds()); }

inline doctest::String toString(const BaseUrl& url) { return support::braced("BaseUrl", url.text()); }

inline doctest::String toString(CredentialKind kind) {
  return kind == CredentialKind::api_key ? "api_key" : "access_token";
}

inline doctest::String toString(const ErrorBody& body) {
  return support::braced("ErrorBody", body.code, body.message, body.details, body.request_id);
}

inline bool operator==(const ErrorBody& a, const ErrorBody& b) {
  return a.code == b.code && a.message == b.message && a.details == b.details && a.request_id == b.request_id;
}

}  // namespace dgauth::deepgram
