// SPDX-License-Identifier: MIT
#include "support/process_state.hpp"

#include <cstdlib>
#include <ctime>
#include <filesystem>

#include <doctest/doctest.h>
#include <fcntl.h>
#include <unistd.h>

namespace dgauth::support {

TimeZone::TimeZone(const char* name) {
  const char* const before = std::getenv("TZ");
  was_set_ = before != nullptr;
  before_ = was_set_ ? before : "";
  ::setenv("TZ", name, 1);
  ::tzset();
}

TimeZone::~TimeZone() {
  if (was_set_) {
    ::setenv("TZ", before_.c_str(), 1);
  } else {
    ::unsetenv("TZ");
  }
  ::tzset();
}

WorkingFolder::WorkingFolder(const std::string& path) : before_(std::filesystem::current_path().string()) {
  std::filesystem::current_path(path);
}

WorkingFolder::~WorkingFolder() {
  std::error_code ignored;
  std::filesystem::current_path(before_, ignored);
}

Stdin::Stdin(const std::string& path) : before_(::fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3)) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  REQUIRE(file >= 0);
  ::dup2(file, STDIN_FILENO);
  ::close(file);
}

Stdin::~Stdin() {
  if (before_ < 0) {
    ::close(STDIN_FILENO);
    return;
  }
  ::dup2(before_, STDIN_FILENO);
  ::close(before_);
}

}  // namespace dgauth::support
