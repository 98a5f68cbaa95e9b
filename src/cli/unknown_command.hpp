// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

#include "base/error.hpp"

namespace dgauth::cli {

// `word` is typed where a command is wanted, and is not one. The hint names the one that was meant, also where other
// programs call it so.
Error unknown_command(std::string_view word);

}  // namespace dgauth::cli
