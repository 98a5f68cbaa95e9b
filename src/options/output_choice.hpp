// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "base/result.hpp"
#include "options/declaration.hpp"
#include "options/global_options.hpp"

namespace dgauth::options {

// How --dry-run shows a request.
enum class DryRunFormat { text, json, curl };

// What -o and --json mean for a command.
struct OutputChoice {
  std::size_t format = 0;  // the place of the format among those of the command
  DryRunFormat dry_run = DryRunFormat::text;
  bool is_json = false;  // so errors are JSON too
};

// Finds what -o names, or --json, which is -o json, among the formats of `command`; the first is the default. --dry-run
// has formats of its own besides, and shows as text where the command's has no meaning for it.
// ErrorKind::usage for another name, and for --json with another -o.
Result<OutputChoice> choose_output(const GlobalOptions& global, std::string_view command,
                                   std::span<const Word> formats);

}  // namespace dgauth::options
