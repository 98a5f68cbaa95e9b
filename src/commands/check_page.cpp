// SPDX-License-Identifier: MIT
#include <array>

#include "commands/pages.hpp"

namespace dgauth::commands {
namespace {

constexpr auto statuses = std::to_array<StatusMeaning>({
    {ExitStatus::ok, "all expectations are met"},
    {ExitStatus::failed, "the report could not be written, or a bug in dgauth"},
    {ExitStatus::usage, "usage error"},
    {ExitStatus::no_credential, "no credential, or the configuration cannot be used"},
    {ExitStatus::refused, "the credential was refused: no probe passed"},
    {ExitStatus::forbidden, "an expectation is not met"},
    {ExitStatus::service, "a probe with an expectation was inconclusive or skipped"},
});

constexpr std::array<std::string_view, 7> variables = {
    "DEEPGRAM_ACCESS_TOKEN", "DEEPGRAM_API_KEY", "DEEPGRAM_API_KEY_FILE", "DEEPGRAM_BASE_URL",
    "DGAUTH_CONFIG",         "DGAUTH_PROFILE",   "GITHUB_STEP_SUMMARY"};

constexpr auto examples = std::to_array<Example>({
    {"Find out what the API key can do", "dgauth check"},
    {"Fail unless tokens of this key can transcribe, and cannot manage the project",
     "dgauth check --auth grant --expect listen --expect-not manage"},
    {"Leave a JUnit report for a CI server", "dgauth check --expect grant,listen --report dgauth.xml"},
});

}  // namespace

constexpr Page check_page = {
    .about =
        "Tests what an API key or token can do, in parallel, with requests that contain nothing to transcribe, to "
        "speak "
        "or to analyse, and so cost nothing. The result of each probe is `pass`, `fail` (the server refused the "
        "credential for this), `unknown` (the response was inconclusive) or `skipped` (the probe was not run).\n\n"
        "Status 400 is a good sign where a request has no content: the credential was accepted. A pass does not show "
        "that "
        "there is credit, or access to a certain model.\n\n"
        "The report is always written to standard output; the exit status says whether the expectations are met.",
    .statuses = statuses,
    .variables = variables,
    .examples = examples,
};

}  // namespace dgauth::commands
