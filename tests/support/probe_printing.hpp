// SPDX-License-Identifier: MIT
#pragma once

#include "deepgram/probe_result.hpp"
#include "deepgram/probe_set.hpp"
#include "support/printing.hpp"

namespace dgauth::deepgram {

inline doctest::String toString(ProbeId id) { return doctest::toString(std::string(name_of(id))); }
inline doctest::String toString(Verdict verdict) { return doctest::toString(std::string(name_of(verdict))); }
inline doctest::String toString(const ProbeSet& probes) { return support::bracketed(probes.ids()); }

inline doctest::String toString(const ProbeResult& result) {
  return support::braced("ProbeResult", result.probe, result.verdict, result.http_status, result.detail,
                         result.request_id, result.elapsed, result.is_credential_refused);
}

}  // namespace dgauth::deepgram
