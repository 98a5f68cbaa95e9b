// SPDX-License-Identifier: MIT
#include <stdexcept>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "support/cases/verdict.hpp"
#include "support/temporary_folder.hpp"

namespace dgauth::cases {

void check_cases(const std::string& stem, const Program& program) {
  const std::string path = fmt::format("{}/unit/cli/cases/{}.json", DGAUTH_TESTS_DIR, stem);
  const std::vector<Case> cases = cases_of(support::content_of(path));
  CHECK(!cases.empty());
  for (const Case& one : cases) {
    const Json* const promise = member(one.json, "promise");
    const std::string head = fmt::format("FAIL {}: {}{}\n", stem, one.name(),
                                         promise == nullptr ? "" : fmt::format(" (promise {})", json_text(*promise)));
    try {
      Trial trial = run_case(one, program);
      const std::vector<std::string> said = complaints(one, trial);
      CHECK_MESSAGE(said.empty(), head << fmt::format("{}", fmt::join(said, "\n")));
    } catch (const std::exception& error) {  // a broken case must not hide the others
      FAIL_CHECK(head << "the case itself broke: " << std::string(error.what()));
    }
  }
}

}  // namespace dgauth::cases
