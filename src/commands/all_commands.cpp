// SPDX-License-Identifier: MIT
#include <array>

#include "commands/cache.hpp"
#include "commands/check.hpp"
#include "commands/command.hpp"
#include "commands/grant.hpp"
#include "commands/header.hpp"
#include "commands/transcribe.hpp"

namespace dgauth::commands {

std::span<const Command> all_commands() {
  static const std::array commands = {
      grant_command(), header_command(),         check_command(),
      cache_command(), transcribe_url_command(), transcribe_file_command(),
  };
  return commands;
}

}  // namespace dgauth::commands
