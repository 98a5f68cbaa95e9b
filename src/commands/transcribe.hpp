// SPDX-License-Identifier: MIT
#pragma once

#include "commands/command.hpp"
#include "transcription/transcribe_options.hpp"

namespace dgauth::commands {

// Transcribes the inputs of `options`, and prints or files the results in the format of -o.
Result<ExitStatus> run_transcribe(transcription::MediaKind kind, const transcription::TranscribeOptions& options,
                                  const session::Context& context);

Command transcribe_url_command();
Command transcribe_file_command();

}  // namespace dgauth::commands
