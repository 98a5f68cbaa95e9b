// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <optional>

#include "commands/command.hpp"

namespace dgauth::commands {

enum class Shell { bash, zsh, fish };

struct CompletionOptions {
  std::optional<Shell> shell{};  // nullopt: not named

  bool operator==(const CompletionOptions&) const = default;
};

extern const std::array<options::Word, 1> completion_formats;

options::Declaration declare_completion(CompletionOptions& options);

// Prints the completion script of a shell, made from what all commands declare. ErrorKind::usage if none is named.
Result<ExitStatus> run_completion(const CompletionOptions& options, const session::Context& context);

}  // namespace dgauth::commands
