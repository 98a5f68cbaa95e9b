// SPDX-License-Identifier: MIT
#pragma once

#include <memory>

#include <CLI/CLI.hpp>

#include "commands/command.hpp"

namespace dgauth::cli {

// The command line as CLI11 objects. Options of a command are declared when its name is met on the command line:
// declaring all of them takes longer than a run that needs no network.
struct CommandTree {
  std::unique_ptr<CLI::App> root;
  std::shared_ptr<options::GlobalOptions> global;  // filled by parsing
  const commands::Command* chosen = nullptr;       // filled by parsing, and so is `action`
  commands::Action action;
};

// The tree lives where it was made: its options point into it.
std::unique_ptr<CommandTree> make_command_tree();

// Everything declared, for help and for the test that holds the documents against it.
std::unique_ptr<CLI::App> whole_tree();

}  // namespace dgauth::cli
