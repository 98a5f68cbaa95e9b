// SPDX-License-Identifier: MIT
#include "host/new_file.hpp"

#include <cerrno>
#include <cstdlib>

#include <dirent.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "host/files.hpp"
#include "host/open_path.hpp"
#include "host/system_error.hpp"

namespace dgauth::host {
namespace {

tl::unexpected<Error> cannot(std::string_view what, const std::string& path) {
  return fail(ErrorKind::output, fmt::format("cannot {} {}: {}", what, shown_path(path), system_error_text(errno)));
}

struct CloseDirectory {
  void operator()(DIR* directory) const { ::closedir(directory); }
};

// True also where there is nothing to remove: the file is gone, is being written, or cannot be told.
bool remove_unless_written(const std::string& path) {
  const Descriptor file(::open(path.c_str(), O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
  return !file || ::flock(file.get(), LOCK_EX | LOCK_NB) != 0 || ::unlink(path.c_str()) == 0 || errno == ENOENT;
}

}  // namespace

NewFile::NewFile(const std::string& path)
    : path_(path),
      unfinished_path_(fmt::format("{}{}XXXXXX", path.substr(0, path.rfind('/') + 1), unfinished_prefix)) {}

Result<std::unique_ptr<NewFile>> NewFile::create(const std::string& path) {
  for (int tries_left = 4;; --tries_left) {
    std::unique_ptr<NewFile> made(new NewFile(path));
    // O_EXCL and mode 0600 are its promise, but for the umask.
    made->file_ = Descriptor(::mkostemp(made->unfinished_path_.data(), O_CLOEXEC));
    if (!made->file_) {
      made->unfinished_path_.clear();
      return cannot("write", made->path_);
    }
    if (::fchmod(made->file_.get(), private_mode) != 0) {
      return cannot("write", made->path_);
    }
    // Tells it apart from what a killed run left. Where a file system has no locks, what was left stays.
    ::flock(made->file_.get(), LOCK_EX | LOCK_NB);
    struct stat status {};
    const bool was_swept = ::fstat(made->file_.get(), &status) == 0 && status.st_nlink == 0;  // before it had its lock
    if (!was_swept || tries_left == 0) {
      return made;
    }
  }
}

NewFile::~NewFile() {
  if (!unfinished_path_.empty()) {
    ::unlink(unfinished_path_.c_str());
  }
}

Result<void> NewFile::write(std::string_view bytes) {
  return write_all(file_.get(), bytes) ? Result<void>() : cannot("write", path_);
}

Result<void> NewFile::finish() {
  // Without fsync: what must survive is the death of the process, and a result lost with the machine is made again.
  Descriptor copy(::dup(file_.get()));  // closing it tells of lost writes, and file_ still has the lock
  if (!copy || !copy.close() || ::rename(unfinished_path_.c_str(), path_.c_str()) != 0) {
    return cannot("write", path_);
  }
  unfinished_path_.clear();
  return {};
}

Result<void> write_new_file(const std::string& path, const Secret& content) {
  const Result<std::unique_ptr<NewFile>> file = NewFile::create(path);
  if (!file) {
    return fail(file.error());
  }
  return (*file)->write(content.reveal()).and_then([&file] { return (*file)->finish(); });
}

bool make_private_directory(const std::string& path) {
  constexpr mode_t private_directory_mode = 0700;
  return ::mkdir(path.c_str(), private_directory_mode) == 0 && ::chmod(path.c_str(), private_directory_mode) == 0;
}

Result<void> make_directory(const std::string& path) {
  struct stat status {};
  if (make_private_directory(path)) {
    return {};
  }
  if (errno != EEXIST) {
    return cannot("make the folder", path);
  }
  if (::stat(path.c_str(), &status) != 0 || !S_ISDIR(status.st_mode)) {
    return fail(ErrorKind::usage, fmt::format("{} is no folder", shown_path(path)));
  }
  return ::access(path.c_str(), R_OK | W_OK | X_OK) == 0 ? Result<void>() : cannot("write in", path);
}

Result<void> remove_unfinished_files(const std::string& directory) {
  const std::unique_ptr<DIR, CloseDirectory> entries(::opendir(directory.c_str()));
  if (!entries) {
    return cannot("read", directory);
  }
  while (const dirent* const entry = ::readdir(entries.get())) {
    if (std::string_view(entry->d_name).starts_with(unfinished_prefix) &&
        !remove_unless_written(fmt::format("{}/{}", directory, entry->d_name))) {
      return cannot("remove", fmt::format("{}/{}", directory, entry->d_name));
    }
  }
  return {};
}

}  // namespace dgauth::host
