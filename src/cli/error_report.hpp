// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "base/error.hpp"

namespace dgauth::cli {

// `dgauth: error: …` and `dgauth: hint: …`, a line each.
std::string error_text(const Error& error);

// {"error":{…}}, one line.
std::string error_json(const Error& error);

}  // namespace dgauth::cli
