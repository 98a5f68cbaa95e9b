// SPDX-License-Identifier: MIT
#include "support/temporary_folder.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <doctest/doctest.h>

namespace dgauth::support {

TemporaryFolder::TemporaryFolder() : path_((std::filesystem::temp_directory_path() / "dgauth-unit-XXXXXX").string()) {
  REQUIRE(::mkdtemp(path_.data()) != nullptr);
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::string TemporaryFolder::at(std::string_view name) const { return path_ + "/" + std::string(name); }

std::string TemporaryFolder::file(std::string_view name, std::string_view content, mode_t mode) const {
  const std::string path = at(name);
  std::ofstream(path, std::ios::binary) << content;
  REQUIRE(::chmod(path.c_str(), mode) == 0);
  return path;
}

std::size_t TemporaryFolder::size() const {
  const std::filesystem::directory_iterator entries(path_);
  return static_cast<std::size_t>(std::distance(begin(entries), end(entries)));
}

std::string content_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

int mode_of(const std::string& path) {
  struct stat status {};
  return ::lstat(path.c_str(), &status) == 0 ? static_cast<int>(status.st_mode & 07777U) : -1;
}

}  // namespace dgauth::support
