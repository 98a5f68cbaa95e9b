// SPDX-License-Identifier: MIT
#include <array>

#include "commands/pages.hpp"

namespace dgauth::commands {
namespace {

constexpr auto statuses = std::to_array<StatusMeaning>({
    {ExitStatus::ok, "there are no cached tokens any more"},
    {ExitStatus::failed, "a file could not be deleted, or a bug in dgauth"},
    {ExitStatus::usage, "usage error"},
});

constexpr std::array<std::string_view, 1> variables = {"XDG_CACHE_HOME"};

constexpr auto examples = std::to_array<Example>({
    {"Delete all cached tokens", "dgauth cache clear"},
    {"Also show how many files were deleted", "dgauth cache clear -v"},
    {"Keep a token for later runs", "dgauth grant --ttl 10m --cache"},
});

}  // namespace

constexpr Page cache_page = {
    .about =
        "Manages the token cache. `dgauth cache clear` deletes all cached tokens of this user.\n\n"
        "Tokens are cached only with `--cache`, or with `cache = true` in the profile, in files that only you can "
        "read.",
    .statuses = statuses,
    .variables = variables,
    .examples = examples,
};

}  // namespace dgauth::commands
