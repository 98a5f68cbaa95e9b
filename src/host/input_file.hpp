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

// A file, pipe or device of any length that is read in pieces. Messages name the path; the kind of every Error is
// usage, since the command line named it, but internal where no more files can be opened.
class InputFile {
 public:
  // "-" is stdin. Fails for a directory, an empty file and a file that cannot be read.
  static Result<std::unique_ptr<InputFile>> open(const std::string& path);

  // Fails where open would, as far as that can be found without waking whoever writes to a pipe.
  static Result<void> check(const std::string& path);

  // In bytes; nullopt if the length is unknown (pipe, device).
  std::optional<std::uint64_t> size() const { return size_; }
  // Reads into `buffer` and returns the number of bytes; 0 at the end, nullopt if no byte is there yet. Reading ends
  // at size(). Fails if the file has become shorter than that, and if a pipe ends without a byte.
  Result<std::optional<std::size_t>> read(std::span<char> buffer);
  // The number of bytes read since the start.
  std::uint64_t position() const { return position_; }
  // Goes back to the start. False if that is impossible, as in a pipe.
  bool rewind();
  bool can_rewind() const { return size_.has_value() || position_ == 0; }
  // To wait on while no byte is there yet.
  int descriptor() const { return file_.get(); }

 private:
  InputFile(std::string path, Descriptor file) : path_(std::move(path)), file_(std::move(file)) {}

  std::string path_;
  Descriptor file_;
  std::optional<std::uint64_t> size_;
  std::uint64_t start_ = 0;  // offset in the file: stdin may be a file that another process has begun to read
  std::uint64_t position_ = 0;
};

}  // namespace dgauth::host
