// SPDX-License-Identifier: MIT
#include <array>

#include "commands/cache.hpp"
#include "commands/check.hpp"
#include "commands/command.hpp"
#include "commands/completion.hpp"
#include "commands/config.hpp"
#include "commands/grant.hpp"
#include "commands/header.hpp"
#include "commands/pages.hpp"
#include "commands/transcribe.hpp"

namespace dgauth::commands {

std::span<const Command> all_commands() {
  static const std::array<Command, 8> commands = {{
      {"grant", "Mint a temporary token", grant_formats, prepare<GrantOptions, declare_grant, run_grant>, grant_page},
      {"header", "Print an Authorization header or WebSocket subprotocol", header_formats,
       prepare<HeaderOptions, declare_header, run_header>, header_page},
      {"transcribe-url", "Transcribe audio at URLs", transcript_formats,
       prepare<TranscribeOptions, declare_transcribe_url, run_transcribe_url>, transcribe_url_page},
      {"transcribe-file", "Transcribe local files", transcript_formats,
       prepare<TranscribeOptions, declare_transcribe_file, run_transcribe_file>, transcribe_file_page},
      {"check", "Check what an API key or token can do", check_formats, prepare<CheckOptions, declare_check, run_check>,
       check_page},
      {"config", "Show which configuration, key and server are used", config_formats,
       prepare<ConfigOptions, declare_config, run_config>, config_page},
      {"cache", "Manage the token cache", cache_formats, prepare<CacheOptions, declare_cache, run_cache>, cache_page},
      {"completion", "Print a completion script for your shell", completion_formats,
       prepare<CompletionOptions, declare_completion, run_completion>, completion_page},
  }};
  return commands;
}

}  // namespace dgauth::commands
