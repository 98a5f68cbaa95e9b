// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

#include "base/secret.hpp"

namespace dgauth::output {

// `content` of a dotenv file with `name` set to `value`, which needs no quotes: every assignment to that name gets the
// value, whichever a reader takes; if there is none, a line is added. All else stays byte for byte: other names, their
// values of several lines in quotes, comments, also behind the value, line ends, an `export` before the name.
Secret with_dotenv_line(std::string_view content, std::string_view name, const Secret& value);

// Whether `name` is set to what looks like an API key.
bool has_api_key(std::string_view content, std::string_view name);

}  // namespace dgauth::output
