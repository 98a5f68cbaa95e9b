// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "support/cases/run.hpp"

namespace dgauth::cases {

// Everything that is wrong: where the case says something else, and what holds for every case. tests/cli/verdict.py
// judges the same of a process.
std::vector<std::string> complaints(const Case& one, Trial& trial);

// Runs the cases of a file of tests/unit/cli/cases through `program`: a failed check for each that does not pass, and
// for a file without cases.
void check_cases(const std::string& stem, const Program& program);

}  // namespace dgauth::cases
