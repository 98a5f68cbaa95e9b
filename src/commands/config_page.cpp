// SPDX-License-Identifier: MIT
#include <array>

#include "commands/pages.hpp"

namespace dgauth::commands {
namespace {

constexpr auto statuses = std::to_array<StatusMeaning>({
    {ExitStatus::ok, "a command could go ahead with this configuration"},
    {ExitStatus::failed, "the output could not be written, or a bug in dgauth"},
    {ExitStatus::usage, "usage error"},
    {ExitStatus::no_credential, "no credential, or the environment or the configuration cannot be used"},
});

constexpr std::array<std::string_view, 7> variables = {
    "DEEPGRAM_ACCESS_TOKEN", "DEEPGRAM_API_KEY", "DEEPGRAM_API_KEY_FILE", "DEEPGRAM_BASE_URL",
    "DGAUTH_CONFIG",         "DGAUTH_PROFILE",   "XDG_CONFIG_HOME"};

constexpr auto examples = std::to_array<Example>({
    {"Show what is configured", "dgauth config"},
    {"Show it as JSON, for a program", "dgauth config -o json"},
    {"Show what would be used if no profile were named", "env -u DGAUTH_PROFILE dgauth config"},
});

}  // namespace

constexpr Page config_page = {
    .about =
        "Shows what is configured: the configuration file and its profiles, the profile in use and what chose it, "
        "where the API key and the base URL come from, the lifetime and cache of tokens, the trust store and the "
        "proxy.\n\n"
        "A key is shown by its fingerprint only, the first 8 hexadecimal digits of its SHA-256. Nothing is sent, no "
        "`api_key_command` is run, and no key is read from standard input.\n\n"
        "If another command would fail, what is known is shown all the same, and the exit status is the one that the "
        "command would end with.",
    .statuses = statuses,
    .variables = variables,
    .examples = examples,
};

}  // namespace dgauth::commands
