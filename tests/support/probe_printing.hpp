// SPDX-License-Identifier: MIT
#pragma once

#include "deepgram/probe.hpp"
#include "support/printing.hpp"

namespace dgauth::deepgram {

inline doctest::String toString(Verdict verdict) { return doctest::toString(std::string(name_of(verdict))); }

}  // namespace dgauth::deepgram
