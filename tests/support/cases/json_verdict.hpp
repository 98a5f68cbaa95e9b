// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "support/cases/run.hpp"

namespace dgauth::cases {

// One compact line with the members of `wanted`; "@unix+60", "@utc+60" and "@seconds+60" stand for the time 60 s after
// noon, and for 60.
std::string json_line(const Json& wanted, Names& names);

// With -o json a failure is one JSON line on stderr: what is wrong with it.
std::vector<std::string> json_error_complaints(const Json& wanted, Trial& trial);

// What is wrong with a request: `method`, `path`, `authorization`, `headers` (null: not there), `json` or `body`.
std::vector<std::string> request_complaints(const Json& wanted, const ReceivedRequest& request);

}  // namespace dgauth::cases
