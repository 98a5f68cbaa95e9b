// SPDX-License-Identifier: MIT
#include "host/bounded_reader.hpp"

#include <algorithm>
#include <cerrno>

#include <unistd.h>

namespace dgauth::host {

ReadStatus BoundedReader::read() {
  if (!is_whole()) {
    return ReadStatus::end;
  }
  ssize_t got = 0;
  do {
    got = ::read(descriptor_, bytes_.data() + size_, bytes_.size() - size_);
  } while (got < 0 && errno == EINTR);
  if (got < 0) {
    return errno == EAGAIN ? ReadStatus::none_yet : ReadStatus::failed;
  }
  size_ += static_cast<std::size_t>(got);
  return got == 0 ? ReadStatus::end : ReadStatus::some;
}

ReadStatus BoundedReader::read_available() {
  ReadStatus status = ReadStatus::some;
  while (status == ReadStatus::some) {
    status = read();
  }
  return status;
}

Secret BoundedReader::content() const { return Secret({bytes_.data(), std::min(size_, bytes_.size() - 1)}); }

}  // namespace dgauth::host
