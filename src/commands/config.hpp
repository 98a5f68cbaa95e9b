// SPDX-License-Identifier: MIT
#pragma once

#include <array>

#include "commands/command.hpp"

namespace dgauth::commands {

struct ConfigOptions {  // none of its own
  bool operator==(const ConfigOptions&) const = default;
};

enum class ConfigFormat { text, json };

extern const std::array<options::Word, 2> config_formats;

options::Declaration declare_config(ConfigOptions& options);

// Prints what is configured, and which key and base URL a command would use, as far as that can be told: also where a
// command would fail, which is the result then. Sends nothing, runs no key command, reads no key from stdin or a pipe,
// and shows no secret.
Result<ExitStatus> run_config(const ConfigOptions& options, const session::Context& context);

}  // namespace dgauth::commands
