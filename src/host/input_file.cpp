// SPDX-License-Identifier: MIT
#include "host/input_file.hpp"

#include <algorithm>
#include <cerrno>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/shown.hpp"
#include "host/open_path.hpp"
#include "host/system_error.hpp"

namespace dgauth::host {
namespace {

tl::unexpected<Error> unusable(const std::string& path, std::string_view why) {
  return fail(ErrorKind::usage, fmt::format("{} {}", shown_path(path), why));
}

tl::unexpected<Error> unreadable(const std::string& path) {
  const bool has_few_descriptors = errno == EMFILE || errno == ENFILE;
  return system_failure(has_few_descriptors ? ErrorKind::internal : ErrorKind::usage, "read", path);
}

// Whether a read would not wait. To read(), a pipe that nobody has opened for writing yet is at its end; to poll() it
// is not.
bool is_ready(int descriptor) {
  pollfd readable{.fd = descriptor, .events = POLLIN, .revents = 0};
  return ::poll(&readable, 1, 0) > 0;
}

}  // namespace

Result<std::unique_ptr<InputFile>> InputFile::open(const std::string& path) {
  // O_NONBLOCK: opening a pipe that nobody writes to would wait for ever.
  std::unique_ptr<InputFile> input(new InputFile(path, open_path(path, O_RDONLY | O_NONBLOCK | O_NOCTTY)));
  const int descriptor = input->file_.get();
  struct stat status {};
  if (!input->file_ || ::fstat(descriptor, &status) != 0) {
    return unreadable(path);
  }
  if (S_ISDIR(status.st_mode)) {
    return unusable(path, "is a directory, not a file");
  }
  if (S_ISREG(status.st_mode)) {
    const off_t start = ::lseek(descriptor, 0, SEEK_CUR);
    if (start < 0) {
      return unreadable(path);
    }
    if (status.st_size <= start) {
      return unusable(path, "is empty");
    }
    input->start_ = static_cast<std::uint64_t>(start);
    input->size_ = static_cast<std::uint64_t>(status.st_size - start);
  }
  return input;
}

Result<void> InputFile::check(const std::string& path) {
  struct stat status {};
  if (!descriptor_named(path) && ::stat(path.c_str(), &status) == 0 && !S_ISREG(status.st_mode) &&
      !S_ISDIR(status.st_mode)) {
    // A writer that waits for a reader of its pipe would go on, and lose what it writes once this one is closed.
    return ::access(path.c_str(), R_OK) == 0 ? Result<void>() : unreadable(path);
  }
  return open(path).map([](const std::unique_ptr<InputFile>& /*closed*/) {});
}

Result<std::optional<std::size_t>> InputFile::read(std::span<char> buffer) {
  if (size_) {
    buffer = buffer.first(std::min<std::uint64_t>(buffer.size(), *size_ - position_));
    if (buffer.empty()) {
      return std::size_t{0};
    }
  } else if (!is_ready(file_.get())) {
    return std::nullopt;
  }
  ssize_t got = 0;
  do {
    got = ::read(file_.get(), buffer.data(), buffer.size());
  } while (got < 0 && errno == EINTR);
  if (got < 0 && errno == EAGAIN) {
    return std::nullopt;
  }
  if (got < 0) {
    return unreadable(path_);
  }
  if (got == 0 && size_) {
    return unusable(path_, "became shorter while it was read");
  }
  if (got == 0 && position_ == 0) {
    return unusable(path_, "is empty");
  }
  position_ += static_cast<std::uint64_t>(got);
  return static_cast<std::size_t>(got);
}

bool InputFile::rewind() {
  if (position_ == 0) {
    return true;
  }
  if (!size_ || ::lseek(file_.get(), static_cast<off_t>(start_), SEEK_SET) < 0) {
    return false;
  }
  position_ = 0;
  return true;
}

}  // namespace dgauth::host
