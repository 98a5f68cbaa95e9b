// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "base/secret.hpp"
#include "host/descriptor.hpp"

namespace dgauth::host {

// What the name of a file in the making begins with. After a kill one may be left behind.
inline constexpr std::string_view unfinished_prefix = ".dgauth-";

// A file of mode 0600 that is written piece by piece and gets its name only when it is whole. Errors are of kind
// output.
class NewFile {
 public:
  // Begins the file at `path` under another name in the same directory.
  static Result<std::unique_ptr<NewFile>> create(const std::string& path);
  // Removes what was not finished.
  ~NewFile();
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;

  Result<void> write(std::string_view bytes);
  // Gives the file its name; what had it before is replaced.
  Result<void> finish();

 private:
  explicit NewFile(const std::string& path);

  std::string path_;
  std::string unfinished_path_;  // empty: there is none
  Descriptor file_;
};

// Makes `path` a new file of mode 0600 that holds `content`, in one step.
Result<void> write_new_file(const std::string& path, const Secret& content);

// Makes a directory of mode 0700, whatever the umask. False, also if there is one already: errno says why.
bool make_private_directory(const std::string& path);

// The same, but one that is there already is good as well. ErrorKind::output if it cannot be used, or there can be
// none.
Result<void> make_directory(const std::string& path);

// Removes the unfinished files that a killed run left in `directory`, and none that is being written.
Result<void> remove_unfinished_files(const std::string& directory);

}  // namespace dgauth::host
