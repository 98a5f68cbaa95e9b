// SPDX-License-Identifier: MIT
#include <array>

#include "commands/pages.hpp"

namespace dgauth::commands {
namespace {

constexpr auto statuses = std::to_array<StatusMeaning>({
    {ExitStatus::ok, "the header was printed"},
    {ExitStatus::failed, "the header could not be written, or a bug in dgauth"},
    {ExitStatus::usage, "usage error"},
    {ExitStatus::no_credential,
     "no API key; with `--auth token`, `DEEPGRAM_ACCESS_TOKEN` is not set or not a token; or the configuration cannot "
     "be "
     "used"},
    {ExitStatus::refused, "the API key was refused"},
    {ExitStatus::forbidden, "the API key is not allowed to mint tokens; or the token has expired"},
    {ExitStatus::limited, "no credit left, or too many requests"},
    {ExitStatus::network, "network error"},
    {ExitStatus::service, "server error or invalid response; or a different lifetime (`--strict-ttl`)"},
    {ExitStatus::rejected, "the server rejected the request"},
});

constexpr std::array<std::string_view, 6> variables = {"DEEPGRAM_ACCESS_TOKEN", "DEEPGRAM_API_KEY",
                                                       "DEEPGRAM_API_KEY_FILE", "DEEPGRAM_BASE_URL",
                                                       "DGAUTH_CONFIG",         "DGAUTH_PROFILE"};

constexpr auto examples = std::to_array<Example>({
    {"Transcribe with curl, without the token on a command line",
     "auth=$(dgauth header -o curl) && printf '%s\\n' \"$auth\" |\n"
     "    curl -sS --fail-with-body -K - \\\n"
     "        --json '{\"url\": \"https://dpgr.am/spacewalk.wav\"}' \\\n"
     "        'https://api.deepgram.com/v1/listen?model=nova-3'"},
    {"Reuse a token between runs, if it is valid for another minute", "dgauth header --ttl 10m --cache --min-valid 60"},
    {"Make a header of a token that you already have",
     "line=$(dgauth grant -o export) && eval \"$line\" && dgauth header --auth token"},
});

}  // namespace

constexpr Page header_page = {
    .about =
        "Prints the HTTP header, or the WebSocket subprotocol, that authenticates a client. By default it mints a "
        "temporary token.\n\n"
        "The scheme matches the credential: `Bearer` for a token, `Token` for an API key. On failure nothing is "
        "written "
        "to standard output.",
    .statuses = statuses,
    .variables = variables,
    .examples = examples,
};

}  // namespace dgauth::commands
