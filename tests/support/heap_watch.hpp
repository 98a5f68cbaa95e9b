// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace dgauth::support {

// While it lives, looks at the memory that this thread gives back to the heap: what still holds `word`, or its first
// 12 characters, was not wiped.
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

// While it lives, the allocation number `nth` of this thread, counted from 0, fails; `for_good`: and all after it. One
// at a time.
class ScarceMemory {
 public:
  ScarceMemory(std::size_t nth, bool for_good);
  ScarceMemory(const ScarceMemory&) = delete;
  ScarceMemory& operator=(const ScarceMemory&) = delete;
  ~ScarceMemory();

  bool has_failed() const;
  // How many allocations there were before the one that failed.
  std::size_t granted() const;
};

// While it lives, no allocation fails or counts: what a test double allocates is not the program's.
class AmpleMemory {
 public:
  AmpleMemory();
  AmpleMemory(const AmpleMemory&) = delete;
  AmpleMemory& operator=(const AmpleMemory&) = delete;
  ~AmpleMemory();
};

}  // namespace dgauth::support
