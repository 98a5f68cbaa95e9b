// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"

namespace dgauth::options {

// A name that a shell variable may have and that changes nothing but itself: not PATH, not LD_PRELOAD. ErrorKind::usage
// else; the message begins with a predicate.
Result<std::string> parse_variable_name(std::string_view text);

}  // namespace dgauth::options
