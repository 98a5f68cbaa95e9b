// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace dgauth::support {

// While it lives, looks at the memory that this thread gives back to the heap: what still holds `word` was not wiped.
// The word must stand in no other heap memory than that of the code under test. One at a time.
class HeapWatch {
 public:
  explicit HeapWatch(std::string_view word);
  HeapWatch(const HeapWatch&) = delete;
  HeapWatch& operator=(const HeapWatch&) = delete;
  ~HeapWatch();

  int blocks_freed() const;
  int blocks_with_word() const;
};

}  // namespace dgauth::support
