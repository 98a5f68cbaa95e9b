// SPDX-License-Identifier: MIT
#include "host/new_file.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <cstdlib>
#include <functional>

#include <dirent.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/digest.hpp"
#include "base/text.hpp"
#include "host/cleanup_on_signal.hpp"
#include "host/files.hpp"
#include "host/open_path.hpp"
#include "host/system_error.hpp"

namespace dgauth::host {
namespace {

struct CloseDirectory {
  void operator()(DIR* directory) const { ::closedir(directory); }
};

// The paths of the temporary files that there are, for the handler of signals. More than these are not removed.
constexpr std::size_t most_unfinished = 256;
std::array<std::atomic<const char*>, most_unfinished> unfinished_paths;

// Async-signal-safe.
void remove_all_unfinished() {
  for (const std::atomic<const char*>& path : unfinished_paths) {
    if (const char* const name = path) {
      ::unlink(name);
    }
  }
}

// Up to and including the last slash.
std::string directory_of(const std::string& path) { return path.substr(0, path.rfind('/') + 1); }

// How the names of the temporary files of `path` begin.
std::string unfinished_prefix_of(const std::string& path) {
  constexpr std::size_t digits = 8;
  return fmt::format("{}{}-", unfinished_prefix, sha256_hex(after_last(path, '/')).substr(0, digits));
}

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

// Calls `act` with the path of every temporary file in `directory` whose name begins with `prefix` until one returns
// false. False then, and if the directory cannot be read.
bool for_each_unfinished(const std::string& directory, std::string_view prefix,
                         const std::function<bool(const std::string&)>& act) {
  const std::unique_ptr<DIR, CloseDirectory> entries(::opendir(directory.c_str()));
  if (!entries) {
    return false;
  }
  while (const dirent* const entry = ::readdir(entries.get())) {
    if (std::string_view(entry->d_name).starts_with(prefix) && !act(fmt::format("{}/{}", directory, entry->d_name))) {
      return false;
    }
  }
  return true;
}

}  // namespace

class NewFile::RemoveOnSignal {
 public:
  // `path` must outlive it.
  explicit RemoveOnSignal(const std::string& path) : clean_up_(remove_all_unfinished) {
    for (std::atomic<const char*>& place : unfinished_paths) {
      const char* nobody = nullptr;
      if (place.compare_exchange_strong(nobody, path.c_str())) {
        place_ = &place;
        return;
      }
    }
  }
  ~RemoveOnSignal() {
    if (place_ != nullptr) {
      *place_ = nullptr;
    }
  }
  RemoveOnSignal(const RemoveOnSignal&) = delete;
  RemoveOnSignal& operator=(const RemoveOnSignal&) = delete;

 private:
  CleanupOnSignal clean_up_;
  std::atomic<const char*>* place_ = nullptr;
};

NewFile::NewFile(const std::string& path)
    : path_(path), unfinished_path_(fmt::format("{}{}XXXXXX", directory_of(path), unfinished_prefix_of(path))) {}

Result<std::unique_ptr<NewFile>> NewFile::create(const std::string& path, mode_t mode) {
  for (int attempts_left = 4;; --attempts_left) {
    std::unique_ptr<NewFile> made(new NewFile(path));
    const BlockSignals until_it_is_known;
    // mkostemp guarantees O_EXCL and mode 0600, less the umask.
    made->file_ = Descriptor(::mkostemp(made->unfinished_path_.data(), O_CLOEXEC));
    if (!made->file_) {
      made->unfinished_path_.clear();
      return cannot_write(made->path_, has_few_descriptors());
    }
    made->remove_on_signal_ = std::make_unique<RemoveOnSignal>(made->unfinished_path_);
    if (::fchmod(made->file_.get(), mode) != 0) {
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
  remove_on_signal_.reset();
  unfinished_path_.clear();
  return {};
}

Result<void> write_new_file(const std::string& path, const Secret& content, mode_t mode) {
  TRY_ASSIGN(const std::unique_ptr<NewFile> file, NewFile::create(path, mode));
  TRY(file->write(content.reveal()));
  return file->finish();
}

void remove_unfinished_of(const std::string& path) {
  const std::string directory = directory_of(path);
  for_each_unfinished(directory.empty() ? "." : directory, unfinished_prefix_of(path), [](const std::string& file) {
    remove_unless_written(file);
    return true;
  });
}

Result<void> remove_unfinished_files(const std::string& directory) {
  std::string stays;
  const bool are_removed = for_each_unfinished(directory, unfinished_prefix, [&stays](const std::string& file) {
    const bool is_removed = remove_unless_written(file);
    stays = is_removed ? std::string() : file;
    return is_removed;
  });
  if (are_removed) {
    return {};
  }
  return stays.empty() ? system_failure(ErrorKind::output, "read", directory)
                       : system_failure(ErrorKind::output, "remove", stays);
}

}  // namespace dgauth::host
