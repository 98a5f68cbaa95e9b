// SPDX-License-Identifier: MIT
#include "host/files.hpp"

#include <cerrno>
#include <vector>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "host/descriptor.hpp"
#include "host/new_file.hpp"
#include "host/open_path.hpp"
#include "host/system_error.hpp"

namespace dgauth::host {
namespace {

tl::unexpected<Error> cannot(std::string_view what, const std::string& path, ErrorKind kind) {
  return fail(kind, fmt::format("cannot {} {}: {}", what, shown_path(path), system_error_text(errno)));
}

Result<void> write_in_place(const std::string& path, const Secret& content, int flags) {
  Descriptor file = open_path(path, O_WRONLY | O_NOCTTY | flags);
  if (!file || !write_all(file.get(), content.reveal()) || !file.close()) {
    return cannot("write", path, ErrorKind::output);
  }
  return {};
}

}  // namespace

Result<FileContent> read_file(const std::string& path, std::size_t limit, std::chrono::milliseconds timeout,
                              ErrorKind kind) {
  const auto deadline = std::chrono::steady_clock::now() + timeout;
  // O_NONBLOCK: opening a pipe that nobody writes to would wait for ever.
  const Descriptor file = open_path(path, O_RDONLY | O_NONBLOCK | O_NOCTTY);
  struct stat status {};
  if (!file || ::fstat(file.get(), &status) != 0) {
    return cannot("read", path, kind);
  }
  std::vector<char> bytes(limit + 1);
  std::size_t size = 0;
  while (size < bytes.size()) {
    if (!wait_readable(file.get(), deadline)) {
      wipe(bytes.data(), bytes.size());
      return fail(kind, fmt::format("cannot read {}: no end after {} s", shown_path(path),
                                    std::chrono::duration_cast<std::chrono::seconds>(timeout).count()));
    }
    const ssize_t got = ::read(file.get(), bytes.data() + size, bytes.size() - size);
    if (got == 0) {
      break;
    }
    if (got > 0) {
      size += static_cast<std::size_t>(got);
    } else if (errno != EINTR && errno != EAGAIN) {
      wipe(bytes.data(), bytes.size());
      return cannot("read", path, kind);
    }
  }
  FileContent content{
      .bytes = Secret({bytes.data(), std::min(size, limit)}),
      .is_whole = size <= limit,
      .is_regular = S_ISREG(status.st_mode),
      .access = {.is_own = status.st_uid == ::geteuid(), .is_private = (status.st_mode & (S_IRWXG | S_IRWXO)) == 0}};
  wipe(bytes.data(), bytes.size());
  return content;
}

Result<void> write_private_file(const std::string& path, const Secret& content) {
  struct stat status {};
  const bool exists = ::stat(path.c_str(), &status) == 0;
  if (descriptor_named(path) || (exists && !S_ISREG(status.st_mode))) {
    return write_in_place(path, content, 0);
  }
  return write_new_file(path, content);
}

Result<void> append_to_file(const std::string& path, const Secret& content) {
  if (!descriptor_named(path)) {
    // Made apart from writing: the umask has no say in the mode, and what exists keeps its own.
    const Descriptor made(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, private_mode));
    if (made && ::fchmod(made.get(), private_mode) != 0) {
      return cannot("write", path, ErrorKind::output);
    }
  }
  return write_in_place(path, content, O_APPEND);
}

std::string shown_path(const std::string& path) {
  constexpr std::size_t shortest_secret = 32;
  const bool is_hexadecimal = path.find_first_not_of("0123456789abcdefABCDEF") == std::string::npos;
  if (path.starts_with("eyJ") || (is_hexadecimal && path.size() >= shortest_secret)) {
    return "a file whose name looks like a secret";
  }
  return path == "-" ? "stdin" : path;
}

bool file_exists(const std::string& path) {
  return ::access(path.c_str(), F_OK) == 0 || (errno != ENOENT && errno != ENOTDIR);
}

}  // namespace dgauth::host
