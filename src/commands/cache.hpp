// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <string>

#include "commands/command.hpp"

namespace dgauth::commands {

struct CacheOptions {
  std::string action;  // "clear", the only one

  bool operator==(const CacheOptions&) const = default;
};

extern const std::array<options::Word, 1> cache_formats;

options::Declaration declare_cache(CacheOptions& options);

// Forgets all cached tokens.
Result<ExitStatus> run_cache(const CacheOptions& options, const session::Context& context);

}  // namespace dgauth::commands
