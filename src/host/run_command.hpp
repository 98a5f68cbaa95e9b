// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "base/secret.hpp"

namespace dgauth::host {

struct CommandOutput {
  Secret out;            // at most the `limit` asked for
  bool is_whole = true;  // false: the command printed more
};

// Runs `argv` without a shell, with stdin from /dev/null, stderr shared and no other descriptor, and collects its
// stdout until it exits, even if a child that it leaves behind holds stdout open. A program without a slash is looked
// for in the absolute places of PATH. After `timeout`, or `limit` bytes, the command and all of its process group are
// killed; so they are when a user's signal ends this process. ErrorKind::config when the command cannot be started,
// fails, takes too long or asks on the terminal, whose foreground it is not in; the message names argv[0] only.
// prepare_process() was called before.
Result<CommandOutput> run_command(const std::vector<std::string>& argv, std::chrono::milliseconds timeout,
                                  std::size_t limit);

// Whether run_command could start `program`, or why not: the same error, and nothing is run.
Result<void> check_program(const std::string& program);

}  // namespace dgauth::host
