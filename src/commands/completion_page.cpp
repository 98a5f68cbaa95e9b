// SPDX-License-Identifier: MIT
#include <array>

#include "commands/pages.hpp"

namespace dgauth::commands {
namespace {

constexpr auto statuses = std::to_array<StatusMeaning>({
    {ExitStatus::ok, "the script was printed"},
    {ExitStatus::failed, "the script could not be written, or a bug in dgauth"},
    {ExitStatus::usage, "usage error"},
});

constexpr auto examples = std::to_array<Example>({
    {"bash: put this line into ~/.bashrc", "script=$(dgauth completion bash) && eval \"$script\""},
    {"zsh: with fpath+=~/.zfunc before compinit in ~/.zshrc",
     "mkdir -p ~/.zfunc && dgauth completion zsh > ~/.zfunc/_dgauth"},
    {"fish",
     "mkdir -p ~/.config/fish/completions &&\n"
     "    dgauth completion fish > ~/.config/fish/completions/dgauth.fish"},
});

}  // namespace

constexpr Page completion_page = {
    .about =
        "Prints a script that makes the shell complete commands, options and their values, file names, and the "
        "profiles "
        "of the configuration. The script reads the names of the profiles, but no key.\n\n"
        "Packages install the scripts; this is for a dgauth that came without one.",
    .statuses = statuses,
    .examples = examples,
};

}  // namespace dgauth::commands
