// SPDX-License-Identifier: MIT
#pragma once

#include <array>

#include "commands/command.hpp"
#include "commands/transcribe_options.hpp"

namespace dgauth::commands {

extern const std::array<options::Word, 4> transcript_formats;

// Transcribes the inputs of `options`, URLs or files, and prints or files the results in the format of -o.
Result<ExitStatus> run_transcribe_url(const TranscribeOptions& options, const session::Context& context);
Result<ExitStatus> run_transcribe_file(const TranscribeOptions& options, const session::Context& context);

}  // namespace dgauth::commands
