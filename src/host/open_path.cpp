// SPDX-License-Identifier: MIT
#include "host/open_path.hpp"

#include <limits>

#include <fcntl.h>
#include <unistd.h>

#include "base/whole_number.hpp"

namespace dgauth::host {

std::optional<int> descriptor_named(std::string_view path) {
  if (path == "-" || path == "/dev/stdin") {
    return STDIN_FILENO;
  }
  if (path == "/dev/stdout") {
    return STDOUT_FILENO;
  }
  if (path == "/dev/stderr") {
    return STDERR_FILENO;
  }
  for (const std::string_view directory : {"/dev/fd/", "/proc/self/fd/"}) {
    if (path.starts_with(directory)) {
      return parse_whole_number(path.substr(directory.size()), 0, std::numeric_limits<int>::max());
    }
  }
  return std::nullopt;
}

Descriptor open_path(const std::string& path, int flags) {
  if (const std::optional<int> number = descriptor_named(path)) {
    return Descriptor(::fcntl(*number, F_DUPFD_CLOEXEC, STDERR_FILENO + 1));
  }
  return Descriptor(::open(path.c_str(), flags | O_CLOEXEC, private_mode));
}

}  // namespace dgauth::host
