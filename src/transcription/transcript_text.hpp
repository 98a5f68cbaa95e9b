// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include "deepgram/transcript.hpp"

namespace dgauth::transcription {

// `transcript` to read. One voice: its text, a paragraph a line with a blank line between where there are paragraphs.
// Several: `Speaker 0: …`, a line for each turn, in the order of time. Ends with a newline.
std::string format_transcript(const deepgram::Transcript& transcript);

}  // namespace dgauth::transcription
