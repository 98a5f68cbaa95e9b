// SPDX-License-Identifier: MIT
#pragma once

#include <sys/stat.h>

namespace dgauth::host {

// Who may read a file, as far as it matters for one that holds a secret.
struct FileAccess {
  bool is_own = false;      // belongs to the effective user
  bool is_private = false;  // no permission for group or others
  // chmod is not the user's way to close it: it is somebody else's, on a read-only or a secrets' file system (one in
  // memory, outside of /tmp, /var/tmp, /dev/shm and /run/user), or open only to those whom an access control list
  // names.
  bool is_managed = false;
};

// Of the open file at `path`, whose status is `status`.
FileAccess access_of(int descriptor, const char* path, const struct stat& status);

}  // namespace dgauth::host
