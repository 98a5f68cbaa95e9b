// SPDX-License-Identifier: MIT
#include "json/rapidjson_memory.hpp"

#include <algorithm>
#include <cstring>
#include <new>

#include "base/wiping_allocator.hpp"

namespace dgauth::json {
namespace {

// The size of a block stands before it, in as much room as keeps the alignment.
constexpr std::size_t front = alignof(std::max_align_t);
static_assert(front >= sizeof(std::size_t));

}  // namespace

void* RapidJsonMemory::Malloc(std::size_t size) {
  if (size == 0) {
    return nullptr;
  }
  auto* const block = static_cast<std::byte*>(::operator new(front + size));
  std::memcpy(block, &size, sizeof size);
  return block + front;
}

void* RapidJsonMemory::Realloc(void* memory, std::size_t old_size, std::size_t new_size) {
  void* const larger = Malloc(new_size);
  if (memory != nullptr && larger != nullptr) {
    std::memcpy(larger, memory, std::min(old_size, new_size));
  }
  Free(memory);
  return larger;
}

void RapidJsonMemory::Free(void* memory) noexcept {
  if (memory == nullptr) {
    return;
  }
  auto* const block = static_cast<std::byte*>(memory) - front;
  std::size_t size = 0;
  std::memcpy(&size, block, sizeof size);
  wipe(memory, size);
  ::operator delete(block);
}

}  // namespace dgauth::json
