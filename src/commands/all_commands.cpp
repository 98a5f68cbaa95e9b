// SPDX-License-Identifier: MIT
#include <array>

#include "commands/cache.hpp"
#include "commands/check.hpp"
#include "commands/command.hpp"
#include "commands/completion.hpp"
#include "commands/grant.hpp"
#include "commands/header.hpp"
#include "commands/transcribe.hpp"

namespace dgauth::commands {
namespace {

constexpr std::array<Command, 7> commands = {{
    {"grant", "Mint a temporary token", grant_formats, prepare<GrantOptions, declare_grant, run_grant>},
    {"header", "Print the header that authenticates a client", header_formats,
     prepare<HeaderOptions, declare_header, run_header>},
    {"check", "Find out what a credential may do", check_formats, prepare<CheckOptions, declare_check, run_check>},
    {"cache", "Forget cached tokens", cache_formats, prepare<CacheOptions, declare_cache, run_cache>},
    {"transcribe-url", "Transcribe what URLs name", transcript_formats,
     prepare<TranscribeOptions, declare_transcribe_url, run_transcribe_url>},
    {"transcribe-file", "Transcribe files of this machine", transcript_formats,
     prepare<TranscribeOptions, declare_transcribe_file, run_transcribe_file>},
    {"completion", "Print a completion script", completion_formats,
     prepare<CompletionOptions, declare_completion, run_completion>},
}};

}  // namespace

std::span<const Command> all_commands() { return commands; }

}  // namespace dgauth::commands
