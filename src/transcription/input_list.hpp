// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace dgauth::transcription {

// The inputs `named` on the command line, then those that the list `from_file` holds, one a line, each once; an empty
// `from_file` means none, "-" is stdin. `other_stdin` is the option that reads stdin besides, or empty.
// ErrorKind::usage if there are none, the list cannot be read or has not ended before `deadline`, or two things want
// stdin.
Result<std::vector<std::string>> read_inputs(std::vector<std::string> named, const std::string& from_file,
                                             std::string_view other_stdin,
                                             std::chrono::steady_clock::time_point deadline);

}  // namespace dgauth::transcription
