// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <string>

#include "commands/command.hpp"
#include "options/mint_options.hpp"

namespace dgauth::commands {

struct GrantOptions {
  options::MintOptions mint;
  std::string variable;  // of export, fish, dotenv and github; empty: DEEPGRAM_ACCESS_TOKEN
  std::string out;       // a file instead of stdout; empty: stdout
  bool force = false;    // whatever that file holds

  bool operator==(const GrantOptions&) const = default;
};

extern const std::array<options::Word, 8> grant_formats;

options::Declaration declare_grant(GrantOptions& options);

// Mints a token and prints it in the format of -o. On failure nothing goes to stdout.
Result<ExitStatus> run_grant(const GrantOptions& options, const session::Context& context);

}  // namespace dgauth::commands
