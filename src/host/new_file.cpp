// SPDX-License-Identifier: MIT
#include "host/new_file.hpp"

#include <algorithm>
#include <array>
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

struct CloseDirectory {
  void operator()(DIR* directory) const { ::closedir(directory); }
};

// True also if there is nothing to remove: the file is gone, is being written, or cannot be opened.
bool remove_unless_written(const std::string& path) {
  const Descriptor file(::open(path.c_str(), O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
  return !file || ::flock(file.get(), LOCK_EX | LOCK_NB) != 0 || ::unlink(path.c_str()) == 0 || errno == ENOENT;
}

// What was done to the file at `path` failed, as errno says; `is_own_fault` says whether that befalls this file alone.
tl::unexpected<Error> cannot_write(const std::string& path, bool is_own_fault) {
  tl::unexpected<Error> failure = system_failure(ErrorKind::output, "write", path);
  failure.value().is_of_one_file = is_own_fault;
  return failure;
}

bool has_few_descriptors() { return errno == EMFILE || errno == ENFILE; }

// Whether no other file could be put into the directory either.
bool has_lost_directory() {
  constexpr std::array reasons = {ENOSPC, EDQUOT, EROFS, EIO, ENOENT, ENOTDIR, ESTALE};
  return std::ranges::find(reasons, errno) != reasons.end();
}

}  // namespace

NewFile::NewFile(const std::string& path)
    : path_(path),
      unfinished_path_(fmt::format("{}{}XXXXXX", path.substr(0, path.rfind('/') + 1), unfinished_prefix)) {}

Result<std::unique_ptr<NewFile>> NewFile::create(const std::string& path) {
  for (int attempts_left = 4;; --attempts_left) {
    std::unique_ptr<NewFile> made(new NewFile(path));
    // mkostemp guarantees O_EXCL and mode 0600, less the umask.
    made->file_ = Descriptor(::mkostemp(made->unfinished_path_.data(), O_CLOEXEC));
    if (!made->file_) {
      made->unfinished_path_.clear();
      return cannot_write(made->path_, has_few_descriptors());
    }
    if (::fchmod(made->file_.get(), private_mode) != 0) {
      return system_failure(ErrorKind::output, "write", made->path_);
    }
    // The lock tells it apart from what a killed run left. On a file system without locks such files stay.
    ::flock(made->file_.get(), LOCK_EX | LOCK_NB);
    struct stat status {};
    const bool was_removed =
        ::fstat(made->file_.get(), &status) == 0 && status.st_nlink == 0;  // by another run, before it was locked
    if (!was_removed || attempts_left == 0) {
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
  return write_all(file_.get(), bytes) ? Result<void>() : cannot_write(path_, false);
}

Result<void> NewFile::finish() {
  // Without fsync: the file must survive the process, not a crash of the machine.
  Descriptor copy(::dup(file_.get()));  // closing it reports lost writes, and file_ keeps the lock
  if (!copy || !copy.close() || ::rename(unfinished_path_.c_str(), path_.c_str()) != 0) {
    return cannot_write(path_, !has_lost_directory());
  }
  unfinished_path_.clear();
  return {};
}

Result<void> write_new_file(const std::string& path, const Secret& content) {
  TRY_ASSIGN(const std::unique_ptr<NewFile> file, NewFile::create(path));
  TRY(file->write(content.reveal()));
  return file->finish();
}

Result<void> remove_unfinished_files(const std::string& directory) {
  const std::unique_ptr<DIR, CloseDirectory> entries(::opendir(directory.c_str()));
  if (!entries) {
    return system_failure(ErrorKind::output, "read", directory);
  }
  while (const dirent* const entry = ::readdir(entries.get())) {
    if (std::string_view(entry->d_name).starts_with(unfinished_prefix) &&
        !remove_unless_written(fmt::format("{}/{}", directory, entry->d_name))) {
      return system_failure(ErrorKind::output, "remove", fmt::format("{}/{}", directory, entry->d_name));
    }
  }
  return {};
}

}  // namespace dgauth::host
