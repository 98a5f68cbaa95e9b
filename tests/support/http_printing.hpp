// SPDX-License-Identifier: MIT
#pragma once

#include "http/message.hpp"
#include "http/retry.hpp"
#include "http/trust_store.hpp"
#include "http/url.hpp"
#include "support/printing.hpp"

namespace dgauth::http {

inline doctest::String toString(const Header& header) { return support::braced("", header.name, header.value); }

inline doctest::String toString(Repeat repeat) { return repeat == Repeat::freely ? "freely" : "unless_billed"; }

inline doctest::String toString(const Patience& patience) {
  return support::braced("Patience", patience.total, patience.connect, patience.retries);
}

inline doctest::String toString(TryEnd end) {
  switch (end) {
    case TryEnd::answered: return "answered";
    case TryEnd::not_connected: return "not_connected";
    case TryEnd::cut: return "cut";
    case TryEnd::hopeless: return "hopeless";
  }
  return "?";
}

inline doctest::String toString(const Url& url) {
  return support::braced("Url", url.scheme, url.host, url.port, url.path, url.has_query, url.has_fragment);
}

inline doctest::String toString(const TrustStore& store) {
  return support::braced("TrustStore", store.file, store.folder, store.reserve);
}

}  // namespace dgauth::http
