// SPDX-License-Identifier: MIT
#include "checking/plan.hpp"

#include "support/printing.hpp"

namespace dgauth::checking {
namespace {

using Names = std::vector<std::string>;

const Names all = {"grant", "listen", "speak", "read", "listen-ws", "speak-ws", "agent-ws", "manage"};

// "+grant -manage": what is expected, in that order; or the error's message.
std::string expected_of(const CheckOptions& options) {
  const Result<CheckPlan> plan = plan_check(options);
  if (!plan) {
    CHECK(plan.error().kind == ErrorKind::usage);
    return "error";
  }
  std::string text;
  for (const Expectation& each : plan->expectations) {
    text += (text.empty() ? "" : " ") + std::string(each.verdict == deepgram::Verdict::pass ? "+" : "-") + each.name;
  }
  return text;
}

Names probes_of(const CheckOptions& options) {
  const Result<CheckPlan> plan = plan_check(options);
  REQUIRE(plan.has_value());
  return plan->probes;
}

TEST_CASE("checking::plan_check: what is probed") {
  CHECK(probes_of({}) == all);
  CHECK(probes_of({.probes = {"manage", "listen"}}) == Names{"listen", "manage"});
  CHECK(probes_of({.probes = {"listen", "listen"}}) == Names{"listen"});
  CHECK(probes_of({.no_mint = true}) == Names(all.begin() + 1, all.end()));
  CHECK(probes_of({.probes = {"grant", "read"}, .no_mint = true}) == Names{"read"});
  CHECK(probes_of({.auth = options::Auth::grant}) == all);
  CHECK(probes_of({.expect = {"listen"}}) == all);
}

TEST_CASE("checking::plan_check: what is expected where nothing is said") {
  CHECK(expected_of({}) == "+grant +listen");
  CHECK(expected_of({.no_mint = true}) == "+listen");
  CHECK(expected_of({.auth = options::Auth::grant}) == "+listen");
  CHECK(expected_of({.auth = options::Auth::token}) == "+listen");
  CHECK(expected_of({.auth = options::Auth::token, .no_mint = true}) == "+listen");
  CHECK(expected_of({.probes = {"manage", "speak"}}) == "+speak +manage");
  CHECK(expected_of({.auth = options::Auth::token, .probes = {"grant"}}) == "+grant");
  CHECK(expected_of({.probes = {"grant", "speak"}, .no_mint = true}) == "+speak");
}

TEST_CASE("checking::plan_check: what is said replaces the usual expectations") {
  CHECK(expected_of({.expect = {"speak"}}) == "+speak");
  CHECK(expected_of({.expect_not = {"manage"}}) == "-manage");
  CHECK(expected_of({.expect = {"listen", "listen"}, .expect_not = {"manage", "grant"}}) == "-grant +listen -manage");
  CHECK(expected_of({.probes = {"listen", "speak"}, .expect = {"listen"}}) == "+listen");
}

TEST_CASE("checking::plan_check: options that contradict each other") {
  CHECK(expected_of({.expect = {"listen"}, .expect_not = {"listen"}}) == "error");
  CHECK(expected_of({.probes = {"listen"}, .expect = {"speak"}}) == "error");
  CHECK(expected_of({.probes = {"listen"}, .expect_not = {"speak"}}) == "error");
  CHECK(expected_of({.expect = {"grant"}, .no_mint = true}) == "error");
  CHECK(expected_of({.expect_not = {"grant"}, .no_mint = true}) == "error");
  CHECK(expected_of({.probes = {"grant"}, .no_mint = true}) == "error");
  CHECK(expected_of({.auth = options::Auth::grant, .no_mint = true}) == "error");
  CHECK(expected_of({.report = "-"}) == "error");
}

}  // namespace
}  // namespace dgauth::checking
