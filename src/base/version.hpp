// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

namespace dgauth {

// dgauth's own version, as CMakeLists.txt has it.
std::string_view version();

}  // namespace dgauth
