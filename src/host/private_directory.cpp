// SPDX-License-Identifier: MIT
#include "host/private_directory.hpp"

#include <cerrno>
#include <filesystem>
#include <string_view>
#include <system_error>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/shown.hpp"
#include "host/bounded_reader.hpp"
#include "host/make_directory.hpp"
#include "host/new_file.hpp"
#include "host/open_path.hpp"
#include "host/system_error.hpp"

namespace dgauth::host {
Result<PrivateDirectory> PrivateDirectory::open(const std::string& path) {
  for (std::size_t slash = path.find('/', 1); slash != std::string::npos; slash = path.find('/', slash + 1)) {
    make_private_directory(path.substr(0, slash));
  }
  struct stat status {};
  if ((!make_private_directory(path) && errno != EEXIST) || ::lstat(path.c_str(), &status) != 0) {
    return system_failure(ErrorKind::output, "make", path);
  }
  if (!S_ISDIR(status.st_mode) || status.st_uid != ::geteuid() || (status.st_mode & (S_IWGRP | S_IWOTH)) != 0) {
    return fail(ErrorKind::output, fmt::format("{} is not a directory that only you can write to", shown_path(path)));
  }
  return PrivateDirectory(path);
}

std::optional<Secret> PrivateDirectory::read(const std::string& name, std::size_t limit) const {
  const Descriptor file(::open(path_of(name).c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
  struct stat status {};
  if (!file || ::fstat(file.get(), &status) != 0 || !S_ISREG(status.st_mode) || status.st_uid != ::geteuid() ||
      (status.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
    return std::nullopt;
  }
  BoundedReader reader(file.get(), limit);
  return reader.read_available() == ReadStatus::end && reader.is_whole() ? std::optional(reader.content())
                                                                         : std::nullopt;
}

Result<void> PrivateDirectory::write(const std::string& name, const Secret& content) const {
  return write_new_file(path_of(name), content);
}

Result<Descriptor> PrivateDirectory::try_lock(const std::string& name) const {
  constexpr int flags = O_RDWR | O_NOFOLLOW | O_CLOEXEC;
  Descriptor file(::open(path_of(name).c_str(), flags | O_CREAT | O_EXCL, private_mode));
  if (file) {
    ::fchmod(file.get(), private_mode);  // the umask may have narrowed it
  } else if (errno == EEXIST) {
    file = Descriptor(::open(path_of(name).c_str(), flags));
  }
  if (!file) {
    return system_failure(ErrorKind::output, "make", path_of(name));
  }
  if (::flock(file.get(), LOCK_EX | LOCK_NB) == 0) {
    return file;
  }
  return errno == EWOULDBLOCK || errno == EINTR ? Result<Descriptor>()
                                                : system_failure(ErrorKind::output, "lock", path_of(name));
}

void PrivateDirectory::write_locked(const Descriptor& lock, std::string_view content) {
  if (::ftruncate(lock.get(), 0) == 0 && ::lseek(lock.get(), 0, SEEK_SET) == 0) {
    write_all(lock.get(), content);
  }
}

Result<std::size_t> PrivateDirectory::remove_files(const std::function<bool(std::string_view)>& is_meant) const {
  std::size_t removed = 0;
  std::error_code error;
  const std::filesystem::directory_iterator end;
  for (std::filesystem::directory_iterator entry(path_, error); !error && entry != end; entry.increment(error)) {
    std::error_code unreadable;
    if (!is_meant(entry->path().filename().native()) || entry->is_directory(unreadable)) {
      continue;
    }
    if (::unlink(entry->path().c_str()) == 0) {
      ++removed;
    } else if (errno != ENOENT) {  // it may have been removed meanwhile
      return system_failure(ErrorKind::output, "remove", entry->path().string());
    }
  }
  return error ? fail(ErrorKind::output, fmt::format("cannot read {}", shown_path(path_)))
               : Result<std::size_t>(removed);
}

}  // namespace dgauth::host
