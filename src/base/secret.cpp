// SPDX-License-Identifier: MIT
#include "base/secret.hpp"

namespace dgauth {

Secret::Secret(std::initializer_list<Piece> pieces) {
  std::size_t size = 1;
  for (const Piece& piece : pieces) {
    size += piece.bytes_.size();
  }
  bytes_.reserve(size);
  for (const Piece& piece : pieces) {
    bytes_.insert(bytes_.end(), piece.bytes_.begin(), piece.bytes_.end());
  }
  bytes_.push_back('\0');
}

}  // namespace dgauth
