// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "base/secret.hpp"
#include "host/descriptor.hpp"
#include "host/open_path.hpp"

namespace dgauth::host {

// Prefix of the names of temporary files. Only a run that is killed (SIGKILL) leaves one behind.
inline constexpr std::string_view unfinished_prefix = ".dgauth-";

// A file that is written piece by piece and gets its name only when it is complete. A user's signal that
// ends the process removes it. Errors are of ErrorKind::output, and is_of_one_file where another file in the same
// directory could still be written.
class NewFile {
 public:
  // Makes a temporary file of `mode`, whatever the umask, in the directory of `path`.
  static Result<std::unique_ptr<NewFile>> create(const std::string& path, mode_t mode = private_mode);
  // Removes the temporary file unless finish() succeeded.
  ~NewFile();
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;

  Result<void> write(std::string_view bytes);
  // Renames the file to `path`; a file that has this name is replaced.
  Result<void> finish();

 private:
  class RemoveOnSignal;
  explicit NewFile(const std::string& path);

  std::string path_;
  std::string unfinished_path_;  // empty: there is no temporary file
  std::unique_ptr<RemoveOnSignal> remove_on_signal_;
  Descriptor file_;
};

// Makes `path` a new file of `mode` that holds `content`, atomically. ErrorKind::output on failure.
Result<void> write_new_file(const std::string& path, const Secret& content, mode_t mode = private_mode);

// Removes the temporary files that killed runs left of the file `path`, as far as it can.
void remove_unfinished_of(const std::string& path);

// Removes the temporary files that killed runs left in `directory`, but not those that are being written.
// ErrorKind::output if one cannot be removed.
Result<void> remove_unfinished_files(const std::string& directory);

}  // namespace dgauth::host
