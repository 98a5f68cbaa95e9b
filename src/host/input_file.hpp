// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "base/result.hpp"
#include "host/descriptor.hpp"

namespace dgauth::host {

// A file, pipe or device that is read from its start in pieces, however long it is. Messages name the path; the kind of
// every Error is usage, since it is what the command line names that cannot be read.
class InputFile {
 public:
  // "-" is stdin. Fails for a directory, an empty file and what cannot be read.
  static Result<std::unique_ptr<InputFile>> open(const std::string& path);

  // In bytes, of a regular file; nothing for what ends when it ends.
  std::optional<std::uint64_t> size() const { return size_; }
  // Fills `room` from its start and says how far: 0 is the end, nothing means that no byte is there yet. Reading ends
  // where size() says, and fails if the file has become shorter than that; so it does if a pipe ends without a byte.
  Result<std::optional<std::size_t>> read(std::span<char> room);
  // How much has been read since the start.
  std::uint64_t position() const { return position_; }
  // Goes back to the start. False where that cannot be done.
  bool rewind();
  bool can_rewind() const { return size_.has_value() || position_ == 0; }
  // To wait on, while nothing is there yet.
  int descriptor() const { return file_.get(); }

 private:
  InputFile(std::string path, Descriptor file) : path_(std::move(path)), file_(std::move(file)) {}

  std::string path_;
  Descriptor file_;
  std::optional<std::uint64_t> size_;
  std::uint64_t start_ = 0;  // of what is to be read: stdin may be a file that somebody has begun to read
  std::uint64_t position_ = 0;
};

}  // namespace dgauth::host
