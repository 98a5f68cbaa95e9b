// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "checking/report.hpp"

// The forms of a check's report that other programs read. What a server said stays data in each of them.
namespace dgauth::checking {

// JUnit XML as GitLab and Jenkins read it: a failure for a contradicted expectation, an error for an undecided one,
// skipped for a probe that nobody expects anything of.
std::string as_junit(const CheckReport& report);

// TAP version 13.
std::string as_tap(const CheckReport& report);

// A table in GitHub's Markdown.
std::string as_markdown(const CheckReport& report);

}  // namespace dgauth::checking
