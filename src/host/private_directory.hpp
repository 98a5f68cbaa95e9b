// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/result.hpp"
#include "base/secret.hpp"
#include "host/descriptor.hpp"

namespace dgauth::host {

// A directory whose files only the user can read, write or make.
class PrivateDirectory {
 public:
  // Makes the directory at the absolute `path`, and those above it, with mode 0700 unless they exist.
  // ErrorKind::output if that fails, or if `path` is not a directory, is not owned by the user, or others may write.
  static Result<PrivateDirectory> open(const std::string& path);

  // The content of a file that the user owns, only the user can read, and holds at most `limit` bytes. nullopt for any
  // other: a symbolic link, another user's file, a missing or larger one.
  std::optional<Secret> read(const std::string& name, std::size_t limit) const;

  // Makes a file of mode 0600 in one step. Whatever has the name is replaced: a link or a pipe is not followed.
  // ErrorKind::output on failure.
  Result<void> write(const std::string& name, const Secret& content) const;

  // Takes the lock that the file `name` represents. One process at a time holds it, until it closes the descriptor or
  // dies. The descriptor is empty if another process holds it. ErrorKind::output if the file cannot be made or locked.
  Result<Descriptor> try_lock(const std::string& name) const;

  // Replaces the content of a file that is locked. A failure leaves it in parts or as it was.
  static void write_locked(const Descriptor& lock, std::string_view content);

  // Removes the files for whose names `is_meant` is true, but not directories, and returns how many there were.
  // ErrorKind::output if one cannot be removed or the directory cannot be read.
  Result<std::size_t> remove_files(const std::function<bool(std::string_view)>& is_meant) const;

 private:
  explicit PrivateDirectory(std::string path) : path_(std::move(path)) {}
  std::string path_of(const std::string& name) const { return path_ + "/" + name; }
  std::string path_;
};

}  // namespace dgauth::host
