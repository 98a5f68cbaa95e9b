// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <vector>

#include "base/secret.hpp"

namespace dgauth::host {

enum class ReadStatus {
  some,      // bytes were read
  none_yet,  // none is there yet, and the descriptor does not block
  end,       // nothing more will be read: end of file, or there are more bytes than the limit
  failed,    // errno says why
};

// Reads a descriptor into memory that is wiped afterwards.
class BoundedReader {
 public:
  // `descriptor` must stay open for as long as read() is called.
  BoundedReader(int descriptor, std::size_t limit) : descriptor_(descriptor), bytes_(limit + 1) {}

  // Reads once.
  ReadStatus read();
  // Reads on until there is nothing to read; never `some`.
  ReadStatus read_available();

  // False once there were more bytes than `limit`.
  bool is_whole() const { return size_ < bytes_.size(); }
  // What was read, at most `limit` bytes.
  Secret content() const;

 private:
  int descriptor_;
  std::vector<char, WipingAllocator<char>> bytes_;
  std::size_t size_ = 0;
};

}  // namespace dgauth::host
