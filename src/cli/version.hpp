// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

namespace dgauth::cli {

// dgauth's own version, as CMakeLists.txt has it.
std::string_view version();

}  // namespace dgauth::cli
