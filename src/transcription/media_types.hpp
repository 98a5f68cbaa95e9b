// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

namespace dgauth::transcription {

// The media type that the extension of a file's name stands for; application/octet-stream for others. Lives for ever.
std::string_view media_type_of(std::string_view path);

}  // namespace dgauth::transcription
