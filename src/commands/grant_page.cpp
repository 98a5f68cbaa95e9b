// SPDX-License-Identifier: MIT
#include <array>

#include "commands/pages.hpp"

namespace dgauth::commands {
namespace {

constexpr auto statuses = std::to_array<StatusMeaning>({
    {ExitStatus::ok, "the token was printed"},
    {ExitStatus::failed, "the token could not be written, or a bug in dgauth"},
    {ExitStatus::usage, "usage error"},
    {ExitStatus::no_credential, "no API key, or the configuration cannot be used"},
    {ExitStatus::refused, "the API key was refused"},
    {ExitStatus::forbidden, "the API key is not allowed to mint tokens: its role is below Member"},
    {ExitStatus::limited, "no credit left, or too many requests"},
    {ExitStatus::network, "network error"},
    {ExitStatus::service, "server error or invalid response; or a different lifetime (`--strict-ttl`)"},
    {ExitStatus::rejected, "the server rejected the request"},
});

constexpr std::array<std::string_view, 7> variables = {"DEEPGRAM_API_KEY", "DEEPGRAM_API_KEY_FILE", "DEEPGRAM_BASE_URL",
                                                       "DGAUTH_CONFIG",    "DGAUTH_PROFILE",        "GITHUB_ENV",
                                                       "GITHUB_OUTPUT"};

constexpr auto examples = std::to_array<Example>({
    {"Print a token that is valid for 5 minutes", "dgauth grant --ttl 5m"},
    {"Set DEEPGRAM_ACCESS_TOKEN in this shell", "line=$(dgauth grant --ttl 5m -o export) && eval \"$line\""},
    {"Write the token to a file for a program that reads .env", "dgauth grant --ttl 1h -o dotenv --out .env"},
});

}  // namespace

constexpr Page grant_page = {
    .about =
        "Mints a temporary token from your API key and prints it. The token works with Deepgram's voice APIs until it "
        "expires; it cannot manage the project.\n\n"
        "The API key needs the role Member or higher. On failure nothing is written to standard output.",
    .statuses = statuses,
    .variables = variables,
    .examples = examples,
};

}  // namespace dgauth::commands
