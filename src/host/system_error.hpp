// SPDX-License-Identifier: MIT
#pragma once

#include <string>

namespace dgauth::host {

// The system's words for an errno value, with a lower-case first letter, as messages have it.
std::string system_error_text(int number);

}  // namespace dgauth::host
