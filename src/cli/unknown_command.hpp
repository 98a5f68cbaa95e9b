// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

#include "base/error.hpp"

namespace dgauth::cli {

// `word` is typed where a command is wanted, and is not one. The hint names the one that was meant, also where other
// programs call it so.
Error unknown_command(std::string_view word);

// `word` is typed after `help`, and is neither a command nor a topic.
Error unknown_help_topic(std::string_view word);

}  // namespace dgauth::cli
