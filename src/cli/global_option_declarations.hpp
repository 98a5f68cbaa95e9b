// SPDX-License-Identifier: MIT
#pragma once

#include <CLI/CLI.hpp>

#include "commands/global_options.hpp"

namespace dgauth::cli {

// Declares the options that every command takes.
void declare_global_options(CLI::App& root, commands::GlobalOptions& options);

}  // namespace dgauth::cli
