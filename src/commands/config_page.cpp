// SPDX-License-Identifier: MIT
#include <array>

#include "commands/pages.hpp"

namespace dgauth::commands {
namespace {

constexpr auto statuses = std::to_array<StatusMeaning>({
    {ExitStatus::ok, "other commands can use this configuration"},
    {ExitStatus::failed, "the output could not be written, or a bug in dgauth"},
    {ExitStatus::usage, "usage error"},
    {ExitStatus::no_credential,
     "other commands would fail with this status: no API key, or a mistake in the "
     "configuration or the environment"},
});

constexpr std::array<std::string_view, 6> variables = {"DEEPGRAM_API_KEY", "DEEPGRAM_API_KEY_FILE", "DEEPGRAM_BASE_URL",
                                                       "DGAUTH_CONFIG",    "DGAUTH_PROFILE",        "HTTPS_PROXY"};

constexpr auto examples = std::to_array<Example>({
    {"Show which API key and which server other commands would use", "dgauth config"},
    {"Show the same for one profile", "dgauth config --profile prod"},
    {"Print the base URL for a script",
     "URL=$(dgauth config -o json | jq -r .base_url.url)"},
});

}  // namespace

constexpr Page config_page = {
    .about =
        "Shows which configuration file is read, which profiles it has, and which API key, base URL, certificates and "
        "proxy another command would use, and why. Problems that would make other commands fail are reported in the "
        "same way as they report them.\n\n"
        "Nothing is sent, no `api_key_command` is run, and no secret is shown: of a key only its source and its "
        "fingerprint, the first 8 hexadecimal digits of its SHA-256.",
    .statuses = statuses,
    .variables = variables,
    .examples = examples,
};

}  // namespace dgauth::commands
