// SPDX-License-Identifier: MIT
#include "host/make_directory.hpp"

#include <cerrno>

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/shown.hpp"
#include "host/system_error.hpp"

namespace dgauth::host {
namespace {

Error not_a_directory(const std::string& path) {
  return {.kind = ErrorKind::usage, .message = fmt::format("{} is not a directory", shown_path(path))};
}

}  // namespace

bool make_private_directory(const std::string& path) {
  constexpr mode_t private_directory_mode = 0700;
  return ::mkdir(path.c_str(), private_directory_mode) == 0 && ::chmod(path.c_str(), private_directory_mode) == 0;
}

Result<void> check_directory(const std::string& path) {
  struct stat status {};
  const bool is_other = ::stat(path.c_str(), &status) == 0 && !S_ISDIR(status.st_mode);
  return is_other ? fail(not_a_directory(path)) : Result<void>();
}

Result<void> make_directory(const std::string& path) {
  if (make_private_directory(path)) {
    return {};
  }
  if (errno != EEXIST) {
    return system_failure(ErrorKind::output, "create the directory", path);
  }
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0 || !S_ISDIR(status.st_mode)) {
    return fail(not_a_directory(path));
  }
  return ::access(path.c_str(), R_OK | W_OK | X_OK) == 0 ? Result<void>()
                                                         : system_failure(ErrorKind::output, "write in", path);
}

}  // namespace dgauth::host
