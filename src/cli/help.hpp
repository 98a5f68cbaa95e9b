// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

// Help, made from what the commands declare.
namespace dgauth::cli {

// The help of a command, or of the whole program for an empty name.
std::string short_help(std::string_view command);  // -h: at most 23 lines of 80 columns
std::string long_help(std::string_view command);   // --help

}  // namespace dgauth::cli
