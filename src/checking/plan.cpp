// SPDX-License-Identifier: MIT
#include "checking/plan.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace dgauth::checking {
namespace {

using deepgram::Verdict;

constexpr std::string_view minting_probe = "grant";

bool holds(const std::vector<std::string>& names, std::string_view name) {
  return std::ranges::find(names, name) != names.end();
}

std::vector<std::string> default_expectations(const CheckOptions& options) {
  if (!options.probes.empty()) {
    return options.probes;
  }
  return options.auth == options::Auth::key ? std::vector<std::string>{"grant", "listen"}
                                            : std::vector<std::string>{"listen"};
}

}  // namespace

Result<CheckPlan> plan_check(const CheckOptions& options) {
  if (options.no_mint && options.auth == options::Auth::grant) {
    return fail(ErrorKind::usage, "--no-mint does not go together with --auth grant, which mints");
  }
  if (options.report == "-") {
    return fail(ErrorKind::usage, "--report needs a file: the report goes to stdout anyway");
  }
  CheckPlan plan;
  for (const deepgram::Probe& probe : deepgram::all_probes()) {
    const bool is_wanted = options.probes.empty() || holds(options.probes, probe.name);
    if (is_wanted && !(options.no_mint && probe.name == minting_probe)) {
      plan.probes.emplace_back(probe.name);
    }
  }
  if (plan.probes.empty()) {
    return fail(ErrorKind::usage, "--no-mint leaves nothing to probe");
  }
  const bool has_own = !options.expect.empty() || !options.expect_not.empty();
  std::vector<std::string> expect = has_own ? options.expect : default_expectations(options);
  if (!has_own && options.no_mint) {
    std::erase(expect, minting_probe);
  }
  for (const deepgram::Probe& probe : deepgram::all_probes()) {
    const bool must_pass = holds(expect, probe.name);
    const bool must_fail = holds(options.expect_not, probe.name);
    if (must_pass && must_fail) {
      return fail(ErrorKind::usage, fmt::format("{} is expected both to pass and to fail", probe.name));
    }
    if ((must_pass || must_fail) && !holds(plan.probes, probe.name)) {
      return fail(ErrorKind::usage, fmt::format("{} is expected something of, but not probed", probe.name),
                  "name it with --probe, or leave out --no-mint");
    }
    if (must_pass || must_fail) {
      plan.expectations.push_back({std::string(probe.name), must_pass ? Verdict::pass : Verdict::fail});
    }
  }
  return plan;
}

}  // namespace dgauth::checking
