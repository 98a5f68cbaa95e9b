// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "commands/command.hpp"
#include "session/credential_choice.hpp"
#include "session/token_source.hpp"

namespace dgauth::commands {

struct HeaderOptions {
  session::Auth auth = session::Auth::grant;
  session::MintOptions mint;
  std::string out;  // a file instead of stdout; empty: stdout

  bool operator==(const HeaderOptions&) const = default;
};

void declare_header(CLI::App& app, HeaderOptions& options);

// Prints what authenticates a client, in the format of -o. On failure nothing goes to stdout.
Result<ExitStatus> run_header(const HeaderOptions& options, const session::Context& context);

Command header_command();

}  // namespace dgauth::commands
