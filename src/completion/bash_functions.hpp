// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

namespace dgauth::completion {

// The part of bash's script that is the same whatever is declared: the function that completes, and what it calls. It
// needs _dgauth_commands, _dgauth_options and _dgauth_look_up.
std::string_view bash_functions();

}  // namespace dgauth::completion
