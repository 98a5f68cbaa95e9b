// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace dgauth::cli {

// The options that are dealt with before the arguments are parsed, since nothing else may get in their way.
struct EarlyOptions {
  bool wants_help = false;       // -h, --help, or the command `help`
  bool wants_long_help = false;  // all of these but -h
  bool wants_version = false;    // -V, --version
  std::string_view command;      // the command whose help is asked for; empty: the program's
  std::string_view topic;        // the topic that is asked for instead; empty: none
};

// Looks at the arguments up to `--`. ErrorKind::usage for an option that would take a secret as its value, and for
// `--name=` with nothing after it, no part of a value is repeated; and for `help` of something that is neither a
// command nor a topic.
Result<EarlyOptions> find_early_options(const std::vector<std::string>& args);

}  // namespace dgauth::cli
