// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <memory>
#include <string>

namespace dgauth {

// Overwrites `size` bytes at `bytes`; the optimiser does not remove this.
void wipe(void* bytes, std::size_t size);

// Wipes memory before it is freed: a container that grows or is destroyed leaves nothing behind. A short
// std::basic_string lives inside its object and not in allocated memory, so a secret of under 16 bytes belongs in a
// Secret, or in a string with room for `least_on_heap` characters.
template <typename T>
struct WipingAllocator {
  using value_type = T;

  WipingAllocator() = default;
  template <typename U>
  explicit(false) WipingAllocator(const WipingAllocator<U>& /*other*/) {}

  T* allocate(std::size_t count) { return std::allocator<T>().allocate(count); }
  void deallocate(T* memory, std::size_t count) {
    wipe(memory, count * sizeof(T));
    std::allocator<T>().deallocate(memory, count);
  }

  bool operator==(const WipingAllocator&) const = default;
};

// A WipedString with room for so much is not short.
inline constexpr std::size_t least_on_heap = 32;

using WipedString = std::basic_string<char, std::char_traits<char>, WipingAllocator<char>>;

}  // namespace dgauth
