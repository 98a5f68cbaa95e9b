// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <string>
#include <vector>

#include "commands/command.hpp"
#include "deepgram/probe.hpp"
#include "options/auth.hpp"

namespace dgauth::commands {

struct CheckOptions {
  options::Auth auth = options::Auth::key;
  std::vector<deepgram::ProbeId> probes{};      // empty: all
  std::vector<deepgram::ProbeId> expect{};      // must pass
  std::vector<deepgram::ProbeId> expect_not{};  // must fail
  bool allow_unknown = false;
  bool no_mint = false;
  std::string report{};  // a file that gets the report too; empty: none

  bool operator==(const CheckOptions&) const = default;
};

extern const std::array<options::Word, 5> check_formats;

options::Declaration declare_check(CheckOptions& options);

// Finds out what a credential may do, prints the report, and ends with the status that the expectations call for.
// ErrorKind::usage, before anything is looked for, where the options contradict each other. Fails as choose_credential
// does; then there is a report only if a mint was tried. ErrorKind::output where the report could not be written.
Result<ExitStatus> run_check(const CheckOptions& options, const session::Context& context);

}  // namespace dgauth::commands
