// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdlib>

// RapidJSON asserts that a value has the type it is asked for; with NDEBUG it would read out of bounds instead.
#define RAPIDJSON_ASSERT(condition) ((condition) ? static_cast<void>(0) : std::abort())

namespace dgauth::json {

// Where all of RapidJSON's memory comes from. It does not look at whether it was given any, so these throw
// std::bad_alloc where there is none; and they wipe what is given back. An allocator as RapidJSON defines it.
class RapidJsonMemory {
 public:
  // NOLINTBEGIN(readability-identifier-naming): RapidJSON's names
  static constexpr bool kNeedFree = true;

  // Null if `size` is 0.
  static void* Malloc(std::size_t size);
  static void* Realloc(void* memory, std::size_t old_size, std::size_t new_size);
  static void Free(void* memory) noexcept;
  // NOLINTEND(readability-identifier-naming)
};

}  // namespace dgauth::json
