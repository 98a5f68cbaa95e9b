// SPDX-License-Identifier: MIT
#include "host/files.hpp"

#include <cerrno>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/shown.hpp"
#include "host/bounded_reader.hpp"
#include "host/descriptor.hpp"
#include "host/new_file.hpp"
#include "host/open_path.hpp"
#include "host/system_error.hpp"

namespace dgauth::host {
namespace {

Result<void> write_in_place(const std::string& path, const Secret& content, int flags) {
  Descriptor file = open_path(path, O_WRONLY | O_NOCTTY | flags);
  if (!file || !write_all(file.get(), content.reveal()) || !file.close()) {
    return system_failure(ErrorKind::output, "write", path);
  }
  return {};
}

Result<void> write_or_replace(const std::string& path, const Secret& content, mode_t mode) {
  struct stat status {};
  const bool exists = ::stat(path.c_str(), &status) == 0;
  if (descriptor_named(path) || (exists && !S_ISREG(status.st_mode))) {
    return write_in_place(path, content, 0);
  }
  remove_unfinished_of(path);
  return write_new_file(path, content, mode);
}

// There is no other way to read it than to set it.
mode_t current_umask() {
  const mode_t mask = ::umask(S_IRWXG | S_IRWXO);
  ::umask(mask);
  return mask;
}

// Whether a regular file ends without a newline.
bool ends_amid_line(const std::string& path) {
  const Descriptor file = open_path(path, O_RDONLY | O_NONBLOCK | O_NOCTTY);
  struct stat status {};
  char last = '\n';
  return file && ::fstat(file.get(), &status) == 0 && S_ISREG(status.st_mode) && status.st_size > 0 &&
         ::pread(file.get(), &last, 1, status.st_size - 1) == 1 && last != '\n';
}

}  // namespace

Result<FileContent> read_file(const std::string& path, std::size_t limit, std::chrono::milliseconds timeout,
                              ErrorKind kind) {
  const auto deadline = std::chrono::steady_clock::now() + timeout;
  // O_NONBLOCK: opening a pipe that nobody writes to would wait for ever.
  const Descriptor file = open_path(path, O_RDONLY | O_NONBLOCK | O_NOCTTY);
  struct stat status {};
  if (!file || ::fstat(file.get(), &status) != 0) {
    return system_failure(kind, "read", path);
  }
  BoundedReader reader(file.get(), limit);
  ReadStatus last = ReadStatus::none_yet;
  while (last != ReadStatus::end) {
    if (!wait_readable(file.get(), deadline)) {
      return fail(kind, fmt::format("cannot read {}: no end after {} s", shown_path(path),
                                    std::chrono::ceil<std::chrono::seconds>(timeout).count()));
    }
    last = reader.read();
    if (last == ReadStatus::failed) {
      return system_failure(kind, "read", path);
    }
  }
  return FileContent{.bytes = reader.content(),
                     .is_whole = reader.is_whole(),
                     .is_regular = S_ISREG(status.st_mode),
                     .access = access_of(file.get(), path.c_str(), status)};
}

Result<void> write_private_file(const std::string& path, const Secret& content) {
  return write_or_replace(path, content, private_mode);
}

Result<void> write_file(const std::string& path, std::string_view content) {
  constexpr mode_t for_all = 0666;
  return write_or_replace(path, Secret(content), for_all & ~current_umask());
}

Result<void> append_to_file(const std::string& path, const Secret& content) {
  if (!descriptor_named(path)) {
    // Made apart from writing: the umask must not narrow the mode, and an existing file keeps its own.
    const Descriptor made(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, private_mode));
    if (made && ::fchmod(made.get(), private_mode) != 0) {
      return system_failure(ErrorKind::output, "write", path);
    }
  }
  return write_in_place(path, ends_amid_line(path) ? Secret({"\n", content}) : content, O_APPEND);
}

bool file_exists(const std::string& path) {
  return ::access(path.c_str(), F_OK) == 0 || (errno != ENOENT && errno != ENOTDIR);
}

}  // namespace dgauth::host
