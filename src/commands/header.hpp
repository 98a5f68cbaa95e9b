// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <string>

#include "commands/command.hpp"
#include "options/auth.hpp"
#include "options/mint_options.hpp"

namespace dgauth::commands {

struct HeaderOptions {
  options::Auth auth = options::Auth::grant;
  options::MintOptions mint;
  std::string out;     // a file instead of stdout; empty: stdout
  bool force = false;  // whatever that file holds

  bool operator==(const HeaderOptions&) const = default;
};

extern const std::array<options::Word, 6> header_formats;

options::Declaration declare_header(HeaderOptions& options);

// Prints what authenticates a client, in the format of -o. On failure nothing goes to stdout.
Result<ExitStatus> run_header(const HeaderOptions& options, const session::Context& context);

}  // namespace dgauth::commands
