// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "commands/command.hpp"

namespace dgauth::commands {

struct CacheOptions {
  std::string action;  // "clear", the only one

  bool operator==(const CacheOptions&) const = default;
};

void declare_cache(CLI::App& app, CacheOptions& options);

// Forgets all cached tokens.
Result<ExitStatus> run_cache(const CacheOptions& options, const session::Context& context);

Command cache_command();

}  // namespace dgauth::commands
