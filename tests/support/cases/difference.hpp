// SPDX-License-Identifier: MIT
#pragma once

#include <string>

namespace dgauth::cases {

// The lines of `wanted` marked with -, those of `seen` with +, without the lines they begin and end with alike. Bytes
// that do not show are escaped.
std::string difference(const std::string& what, const std::string& wanted, const std::string& seen);

// The first lines of `text`, for a message.
std::string indented(const std::string& text);

}  // namespace dgauth::cases
