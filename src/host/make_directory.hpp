// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "base/result.hpp"

namespace dgauth::host {

// Makes a directory of mode 0700, whatever the umask. False if that fails, also because there is one already: errno
// says why.
bool make_private_directory(const std::string& path);

// ErrorKind::usage if something that is not a directory has this name. Makes nothing.
Result<void> check_directory(const std::string& path);

// Makes a directory of mode 0700 unless there is one. ErrorKind::output if it cannot be made or used,
// ErrorKind::usage if something else has its name.
Result<void> make_directory(const std::string& path);

}  // namespace dgauth::host
