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

// A directory whose files nobody but the user can read, change or put there.
class PrivateDirectory {
 public:
  // Makes the directory at the absolute `path`, and those above it, with mode 0700 where they are missing.
  // ErrorKind::output if that fails, or if what is there belongs to somebody else or lets others write.
  static Result<PrivateDirectory> open(const std::string& path);

  // The content of a file of ours that only we can read, at most `limit` bytes. Nothing for any other: a link, a file
  // of somebody else, a missing or larger one.
  std::optional<Secret> read(const std::string& name, std::size_t limit) const;

  // Makes a file of mode 0600 in one step, whatever had the name before: a link or a pipe is replaced, not followed.
  Result<void> write(const std::string& name, const Secret& content) const;

  // A lock that one process at a time has, until it closes the descriptor or dies in any way. An empty descriptor: some
  // other process has it. ErrorKind::output if the file `name`, which stands for it, cannot be made.
  Result<Descriptor> try_lock(const std::string& name) const;

  // Removes the files in it whose names `is_meant` takes, directories excepted, and counts them. ErrorKind::output.
  Result<std::size_t> remove_files(const std::function<bool(std::string_view)>& is_meant) const;

 private:
  explicit PrivateDirectory(std::string path) : path_(std::move(path)) {}
  std::string path_of(const std::string& name) const { return path_ + "/" + name; }
  std::string path_;
};

}  // namespace dgauth::host
