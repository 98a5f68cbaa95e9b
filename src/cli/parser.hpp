// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "commands/command.hpp"
#include "options/global_options.hpp"

namespace dgauth::cli {

// A command line that has been understood.
struct CommandLine {
  options::GlobalOptions global;
  const commands::Command* command = nullptr;  // nullptr: it names none
  commands::Action run{};                      // what the command does with its own options
};

// ErrorKind::usage for a line that is wrong; of what was typed the message repeats only what cannot be a secret.
// Whatever else is wrong, a bad value of an option is told first.
Result<CommandLine> parse(const std::vector<std::string>& args);

}  // namespace dgauth::cli
