// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "commands/auth.hpp"
#include "commands/command.hpp"

namespace dgauth::commands {

struct CheckOptions {
  Auth auth = Auth::key;
  std::vector<std::string> probes;      // names; empty: all
  std::vector<std::string> expect;      // names that must pass
  std::vector<std::string> expect_not;  // names that must fail
  bool allow_unknown = false;
  bool no_mint = false;
  std::string report;  // a file that gets the report too; empty: none

  bool operator==(const CheckOptions&) const = default;
};

void declare_check(CLI::App& app, CheckOptions& options);

// Finds out what a credential may do, prints the report whatever comes out, and ends with the status that the
// expectations call for. Fails as choose_credential does; then a report goes to stdout only if minting was refused.
Result<ExitStatus> run_check(const CheckOptions& options, const Context& context);

Command check_command();

}  // namespace dgauth::commands
