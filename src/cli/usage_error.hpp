// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "base/error.hpp"

namespace dgauth::cli {

// What is wrong with `args`, which CLI11 refused for `root`, in our words: CLI11's repeat what was typed.
Error usage_error(const std::vector<std::string>& args, const CLI::App& root);

// What is wrong where `args` give a flag a value, which CLI11 lets pass for some values. Nothing if none of them does.
std::optional<Error> flag_with_value(const std::vector<std::string>& args, const CLI::App& root);

}  // namespace dgauth::cli
