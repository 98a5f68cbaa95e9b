// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

#include "base/result.hpp"
#include "base/secret.hpp"

namespace dgauth::credentials {

inline constexpr std::size_t longest_key = 4096;  // bytes

// The key in `text`, without one newline at its end. `source` says in messages where it comes from.
// ErrorKind::no_credential if nothing is left, ErrorKind::config if it cannot be a key; the value is never repeated.
Result<Secret> parse_key(const Secret& text, std::string_view source);

}  // namespace dgauth::credentials
