// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

// Commands that messages advise, so that they work when they are copied into a shell.
namespace dgauth::credentials {

// "run chmod 600 PATH"; without the path where messages do not repeat it.
std::string how_to_make_private(std::string_view path);

}  // namespace dgauth::credentials
