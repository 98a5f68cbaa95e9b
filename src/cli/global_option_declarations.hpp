// SPDX-License-Identifier: MIT
#pragma once

#include <CLI/CLI.hpp>

#include "options/global_options.hpp"

namespace dgauth::cli {

// Declares the options that every command takes.
void declare_global_options(CLI::App& root, options::GlobalOptions& options);

}  // namespace dgauth::cli
