// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "base/secret.hpp"
#include "host/messages.hpp"

// What --out finds where it is to write.
namespace dgauth::output {

// ErrorKind::usage if `path` is a regular file that would be lost: one that is neither empty nor is_own_output.
Result<void> check_replaceable(const std::string& path);

// Where the symbolic link `path` leads, though nothing may be there; `path` itself if it is none, or leads in a
// circle.
std::string target_of_links(const std::string& path);

// ErrorKind::usage if `path` is a regular file that cannot be read, or cannot be a dotenv file, or has an API key as
// the value of `variable`, which would be lost.
Result<void> check_dotenv(const std::string& path, std::string_view variable);

// The text for the dotenv file `path` with `variable` set to `value` and all else as it is there. Warns if writing it
// closes the file to others. Fails as check_dotenv.
Result<Secret> dotenv_text(const std::string& path, std::string_view variable, const Secret& value,
                           const host::Messages& messages);

}  // namespace dgauth::output
