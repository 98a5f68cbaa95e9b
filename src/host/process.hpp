// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "base/secret.hpp"

namespace dgauth::host {

// To be called first in main: descriptors 0 to 2 that are closed are filled, so that no file or socket becomes stdout
// (writing to a filled stdout fails), a closed pipe is an error of write instead of a signal, no core dump is made,
// and where the system allows it other processes of the user cannot read this one's memory.
void prepare_process();

// Lets the process have as many files open as the system allows it at all.
void allow_many_files();

struct CommandOutput {
  Secret out;     // at most the `limit` asked for
  bool is_whole;  // false: the command printed more
};

// Runs `argv` without a shell, with stdin from /dev/null and stderr shared, and collects its stdout until it exits; a
// child it leaves behind does not keep us waiting. After `timeout`, or `limit` bytes, the command and all of its
// process group are killed; so they are when this process dies of a signal from a user. ErrorKind::config when it
// cannot be started, fails or takes too long; the message names argv[0] only.
Result<CommandOutput> run_command(const std::vector<std::string>& argv, std::chrono::seconds timeout,
                                  std::size_t limit);

}  // namespace dgauth::host
