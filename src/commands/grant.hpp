// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "commands/command.hpp"
#include "session/token_source.hpp"

namespace dgauth::commands {

struct GrantOptions {
  session::MintOptions mint;
  std::string variable;  // of export, fish, dotenv and github; empty: DEEPGRAM_ACCESS_TOKEN
  std::string out;       // a file instead of stdout; empty: stdout

  bool operator==(const GrantOptions&) const = default;
};

void declare_grant(CLI::App& app, GrantOptions& options);

// Mints a token and prints it in the format of -o. On failure nothing goes to stdout.
Result<ExitStatus> run_grant(const GrantOptions& options, const session::Context& context);

Command grant_command();

}  // namespace dgauth::commands
