// SPDX-License-Identifier: MIT
#include "host/open_path.hpp"

#include <charconv>

#include <fcntl.h>
#include <unistd.h>

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
    if (!path.starts_with(directory)) {
      continue;
    }
    const std::string_view digits = path.substr(directory.size());
    int number = -1;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (error == std::errc() && end == digits.data() + digits.size() && number >= 0) {
      return number;
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
