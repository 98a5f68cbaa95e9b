// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <sys/types.h>

#include "host/descriptor.hpp"

namespace dgauth::host {

// Of every file that dgauth makes.
inline constexpr mode_t private_mode = 0600;

// The descriptor that a path like "-", /dev/stdin or /dev/fd/3 stands for, which a process that is not dumpable could
// not open by name.
std::optional<int> descriptor_named(std::string_view path);

// Opens `path`, or duplicates the descriptor that it stands for. No descriptor on failure; errno says why.
Descriptor open_path(const std::string& path, int flags);

}  // namespace dgauth::host
