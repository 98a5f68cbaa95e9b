// SPDX-License-Identifier: MIT
#include "base/wiping_allocator.hpp"

#include <string.h>

namespace dgauth {

void wipe(void* bytes, std::size_t size) {
  if (size != 0) {
    explicit_bzero(bytes, size);
  }
}

}  // namespace dgauth
