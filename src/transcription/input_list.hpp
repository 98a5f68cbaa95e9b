// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace dgauth::transcription {

struct InputList {
  std::string path{};              // empty: there is no list; "-": stdin
  bool is_null_separated = false;  // by NUL, as `find -print0` writes it, and nothing else has a meaning
};

// The inputs `named` on the command line, then those of `list`, each once. Where that has one a line, spaces and tabs
// at the end of a line are dropped, and lines that are empty or begin with `#` are skipped. `other_stdin` is the option
// that reads stdin besides, or empty.
// ErrorKind::usage if there are none, the list cannot be read, is separated otherwise or has not ended before
// `deadline`, or two things want stdin.
Result<std::vector<std::string>> read_inputs(std::vector<std::string> named, const InputList& list,
                                             std::string_view other_stdin,
                                             std::chrono::steady_clock::time_point deadline);

}  // namespace dgauth::transcription
