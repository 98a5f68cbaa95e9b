// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"

namespace dgauth::host {

// The system's words for an errno value, with a lower-case first letter, as messages have it.
std::string system_error_text(int number);

// "cannot WHAT PATH: WHY": the path as shown_path has it, the reason from errno.
tl::unexpected<Error> system_failure(ErrorKind kind, std::string_view what, const std::string& path);

}  // namespace dgauth::host
