// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include <sys/stat.h>

namespace dgauth::support {

// A directory of the test's own, gone with this object.
class TemporaryFolder {
 public:
  TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  ~TemporaryFolder();

  const std::string& path() const { return path_; }
  // The path of `name` in the directory.
  std::string at(std::string_view name) const;
  // Writes a file of exactly that mode and returns its path.
  std::string file(std::string_view name, std::string_view content, mode_t mode = 0600) const;
  // How many entries there are: what a test made, and what was left behind.
  std::size_t size() const;

 private:
  std::string path_;
};

std::string content_of(const std::string& path);

// The permission bits; -1 if there is no such file. A symbolic link itself, not where it leads.
int mode_of(const std::string& path);

}  // namespace dgauth::support
