// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <sys/types.h>

#include "host/descriptor.hpp"

namespace dgauth::host {

// The mode of every file that dgauth makes, but for the reports of a check.
inline constexpr mode_t private_mode = 0600;

// The descriptor that a path like "-", /dev/stdin or /dev/fd/3 stands for; nullopt for any other path. A process that
// is not dumpable could not open them by name.
std::optional<int> descriptor_named(std::string_view path);

// Opens `path`, or duplicates the descriptor that it stands for. The result is empty on failure; errno says why.
Descriptor open_path(const std::string& path, int flags);

}  // namespace dgauth::host
