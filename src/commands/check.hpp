// SPDX-License-Identifier: MIT
#pragma once

#include <array>

#include "checking/plan.hpp"
#include "commands/command.hpp"

namespace dgauth::commands {

extern const std::array<options::Word, 5> check_formats;

options::Declaration declare_check(checking::CheckOptions& options);

// Finds out what a credential may do, prints the report whatever comes out, and ends with the status that the
// expectations call for. Fails as choose_credential does; then a report goes to stdout only if minting was refused.
Result<ExitStatus> run_check(const checking::CheckOptions& options, const session::Context& context);

}  // namespace dgauth::commands
