// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "base/secret.hpp"
#include "host/file_access.hpp"

namespace dgauth::host {

struct FileContent {
  Secret bytes;
  bool is_whole = true;     // false: the file goes on after `limit` bytes
  bool is_regular = false;  // neither a pipe nor a device
  FileAccess access;
};

// Reads at most `limit` bytes of the file, pipe or device at `path`, or of the descriptor that it stands for
// (open_path.hpp). Fails with `kind` and one line that names the path if it cannot be read, or if its end has not come
// after `timeout`.
Result<FileContent> read_file(const std::string& path, std::size_t limit, std::chrono::milliseconds timeout,
                              ErrorKind kind);

// Makes `path` a file of mode 0600 that holds `content`, in one step: at any moment there is the old file or the
// complete new one. What exists and is not a regular file (/dev/null, a pipe, "/dev/fd/N") is opened and written
// instead. What a killed run left unfinished of this file is removed. ErrorKind::output on failure, which leaves the
// old file untouched.
Result<void> write_private_file(const std::string& path, const Secret& content);

// The same for a `content` that is no secret: the file has the mode that the umask leaves of 0666.
Result<void> write_file(const std::string& path, std::string_view content);

// Appends `content` to `path` as lines of their own: after a newline if its last line has none. The file is made with
// mode 0600 if it does not exist. ErrorKind::output on failure.
Result<void> append_to_file(const std::string& path, const Secret& content);

// False only if there is certainly no such file; one that cannot be looked at counts as existing.
bool file_exists(const std::string& path);

}  // namespace dgauth::host
