// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "base/secret.hpp"

namespace dgauth::host {

// Who may read a file, as far as it matters for one that holds a secret.
struct FileAccess {
  bool is_own;      // belongs to the effective user
  bool is_private;  // no permission for group or others
};

struct FileContent {
  Secret bytes;
  bool is_whole;    // false: the file goes on after `limit` bytes
  bool is_regular;  // no pipe, no device
  FileAccess access;
};

// Reads at most `limit` bytes of the file, pipe or device at `path` ("-", "/dev/stdin" and "/dev/fd/N" are the
// descriptors, which a process that is not dumpable could not open by name). Fails with `kind` and one line that names
// the path, also when the end has not come after `timeout`.
Result<FileContent> read_file(const std::string& path, std::size_t limit, std::chrono::milliseconds timeout,
                              ErrorKind kind);

// Makes `path` a file of mode 0600 that holds `content`, in one step: at any moment there is the old file or the whole
// new one. What exists and is no regular file (/dev/null, a pipe, "/dev/fd/N") is opened and written instead.
// ErrorKind::output on failure; then the old file is untouched.
Result<void> write_private_file(const std::string& path, const Secret& content);

// Appends to `path`, which is made with mode 0600 if it does not exist. ErrorKind::output on failure.
Result<void> append_to_file(const std::string& path, const Secret& content);

// A path for messages: "-" is stdin, and what looks like a secret that was pasted in a path's place is not repeated.
std::string shown_path(const std::string& path);

// False only if there is certainly no such file: what may not be looked at counts as there.
bool file_exists(const std::string& path);

}  // namespace dgauth::host
