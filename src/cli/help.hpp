// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace dgauth::cli {

// The help of a command, or of the whole program for an empty name. Made from what the commands declare.
std::string help_text(std::string_view command);

}  // namespace dgauth::cli
