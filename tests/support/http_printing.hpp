// SPDX-License-Identifier: MIT
#pragma once

#include "http/message.hpp"
#include "http/retry.hpp"
#include "http/trust_store.hpp"
#include "http/url.hpp"
#include "support/printing.hpp"

namespace dgauth::http {

inline doctest::String toString(const Header& header) { return support::braced("", header.name, header.value); }

inline doctest::String toString(RetryPolicy policy) {
  return policy == RetryPolicy::freely ? "freely" : "unless_billed";
}

inline doctest::String toString(const RequestLimits& patience) {
  return support::braced("Patience", patience.total, patience.connect, patience.retries);
}

inline doctest::String toString(AttemptOutcome end) {
  switch (end) {
    case AttemptOutcome::answered: return "answered";
    case AttemptOutcome::not_connected: return "not_connected";
    case AttemptOutcome::interrupted: return "cut";
    case AttemptOutcome::permanent: return "hopeless";
  }
  return "?";
}

inline doctest::String toString(const Url& url) {
  return support::braced("Url", url.scheme, url.host, url.port, url.path, url.has_query, url.has_fragment);
}

inline doctest::String toString(const TrustStore& store) {
  return support::braced("TrustStore", store.file, store.directory, store.reserve);
}

}  // namespace dgauth::http
