// SPDX-License-Identifier: MIT
#include "checking/plan.hpp"

#include "support/checking_printing.hpp"

namespace dgauth::checking {
namespace {

using namespace std::chrono_literals;
using deepgram::CredentialKind;
using deepgram::ProbeSet;
using enum deepgram::ProbeId;

const ProbeSet all = ProbeSet::all();

TEST_CASE("checking::plan_check") {
  struct Row {
    CheckWishes wishes;
    CheckPlan plan;
  };
  const Row rows[] = {
      // what is probed, and is expected of it where nothing is said
      {{}, {all, {.must_pass = {grant, listen}}}},
      {{.no_mint = true}, {all - ProbeSet{grant}, {.must_pass = {listen}}}},
      {{.credential = CredentialKind::access_token}, {all, {.must_pass = {listen}}}},
      {{.credential = CredentialKind::access_token, .no_mint = true}, {all - ProbeSet{grant}, {.must_pass = {listen}}}},
      {{.probes = {manage, speak}}, {{manage, speak}, {.must_pass = {manage, speak}}}},
      {{.credential = CredentialKind::access_token, .probes = {grant}}, {{grant}, {.must_pass = {grant}}}},
      {{.probes = {grant, read}, .no_mint = true}, {{read}, {.must_pass = {read}}}},
      // what is said replaces the usual expectations
      {{.expect = {speak}}, {all, {.must_pass = {speak}}}},
      {{.expect_not = {manage}}, {all, {.must_fail = {manage}}}},
      {{.expect = {listen}, .expect_not = {manage, grant}},
       {all, {.must_pass = {listen}, .must_fail = {manage, grant}}}},
      {{.probes = {listen, speak}, .expect = {listen}}, {{listen, speak}, {.must_pass = {listen}}}},
      {{.expect = {speak}, .no_mint = true}, {all - ProbeSet{grant}, {.must_pass = {speak}}}},
  };
  for (const Row& row : rows) {
    CAPTURE(&row - rows);
    CHECK(plan_check(row.wishes) == Result<CheckPlan>(row.plan));
  }
}

TEST_CASE("checking::plan_check: wishes that contradict each other") {
  struct Row {
    CheckWishes wishes;
    std::string message;
    std::string hint = "add it to --probe, or leave out --no-mint";
  };
  const Row rows[] = {
      {{.expect = {listen}, .expect_not = {listen}}, "listen is expected both to pass and to fail", ""},
      {{.expect = {grant, read}, .expect_not = {manage, read}}, "read is expected both to pass and to fail", ""},
      {{.probes = {listen}, .expect = {speak}}, "speak has an expectation but is not among the probes"},
      {{.probes = {listen}, .expect_not = {speak}}, "speak has an expectation but is not among the probes"},
      {{.expect = {grant}, .no_mint = true}, "grant has an expectation but is not among the probes"},
      {{.expect_not = {grant}, .no_mint = true}, "grant has an expectation but is not among the probes"},
      {{.probes = {grant}, .no_mint = true}, "--no-mint leaves no probe to run", ""},
  };
  for (const Row& row : rows) {
    CAPTURE(&row - rows);
    CHECK(plan_check(row.wishes) == Result<CheckPlan>(fail(ErrorKind::usage, row.message, row.hint)));
  }
}

TEST_CASE("checking::requests_of: those of the probes, and who this is") {
  std::vector<std::string> urls;
  for (const http::Request& request :
       requests_of({.probes = {manage, read}, .expectations = {}}, deepgram::BaseUrl())) {
    CHECK(request.authorization.empty());
    urls.push_back(request.method + " " + request.url);
  }
  CHECK(urls == std::vector<std::string>{"POST https://api.deepgram.com/v1/read?language=en&summarize=v2",
                                         "GET https://api.deepgram.com/v1/projects",
                                         "GET https://api.deepgram.com/v1/auth/token"});
}

}  // namespace
}  // namespace dgauth::checking
