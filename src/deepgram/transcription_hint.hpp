// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

#include "deepgram/replies.hpp"

namespace dgauth::deepgram {

// What to do about a refused POST /v1/listen, where that is more than for any other request; empty: nothing more. The
// words are of docs/errors and of what users have reported.
std::string_view transcription_hint(int status, const ErrorBody& body);

}  // namespace dgauth::deepgram
