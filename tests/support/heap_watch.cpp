// SPDX-License-Identifier: MIT
#include "support/heap_watch.hpp"

#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <new>

namespace {

struct Sightings {
  std::string_view word;  // empty: nobody watches
  int freed = 0;
  int with_word = 0;
};

thread_local Sightings sightings;

struct Scarcity {
  bool is_on = false;
  bool is_for_good = false;
  bool has_failed = false;
  int ample = 0;  // how many AmpleMemory there are
  std::size_t left = 0;
  std::size_t granted = 0;
};

thread_local Scarcity scarcity;

bool is_refused() {
  if (!scarcity.is_on || scarcity.ample > 0) {
    return false;
  }
  if (scarcity.left > 0) {
    --scarcity.left;
    ++scarcity.granted;
    return false;
  }
  const bool is_refused = scarcity.is_for_good || !scarcity.has_failed;
  scarcity.has_failed = true;
  return is_refused;
}
// A string that grows leaves blocks behind that hold only its beginning.
constexpr std::size_t enough_of_word = 12;

// The size of a block stands before it, in as much room as keeps the alignment.
constexpr std::size_t front = alignof(std::max_align_t);
static_assert(front >= sizeof(std::size_t));

void look_at(const unsigned char* block, std::size_t size) {
  if (sightings.word.empty()) {
    return;
  }
  ++sightings.freed;
  const std::string_view bytes(reinterpret_cast<const char*>(block), size);
  sightings.with_word += bytes.find(sightings.word) == std::string_view::npos ? 0 : 1;
}

}  // namespace

// Replace those of the whole test program; the forms for arrays call these. The sanitizers' own form that does not
// throw would not call ours.
void* operator new(std::size_t size, const std::nothrow_t& /*tag*/) noexcept {
  auto* const begin = is_refused() ? nullptr : static_cast<unsigned char*>(std::malloc(front + size));
  if (begin == nullptr) {
    return nullptr;
  }
  std::memcpy(begin, &size, sizeof size);
  return begin + front;
}

void* operator new(std::size_t size) {
  void* const block = operator new(size, std::nothrow);
  return block == nullptr ? throw std::bad_alloc() : block;
}

void operator delete(void* block) noexcept {
  if (block == nullptr) {
    return;
  }
  unsigned char* const begin = static_cast<unsigned char*>(block) - front;
  std::size_t size = 0;
  std::memcpy(&size, begin, sizeof size);
  look_at(begin + front, size);
  std::free(begin);
}

void operator delete(void* block, std::size_t /*size*/) noexcept { operator delete(block); }

namespace dgauth::support {

HeapWatch::HeapWatch(std::string_view word) { sightings = {.word = word.substr(0, enough_of_word)}; }

HeapWatch::~HeapWatch() { sightings = {}; }

int HeapWatch::blocks_freed() const { return sightings.freed; }

int HeapWatch::blocks_with_word() const { return sightings.with_word; }

ScarceMemory::ScarceMemory(std::size_t nth, bool for_good) {
  scarcity = {.is_on = true, .is_for_good = for_good, .left = nth};
}

ScarceMemory::~ScarceMemory() { scarcity = {}; }

bool ScarceMemory::has_failed() const { return scarcity.has_failed; }

std::size_t ScarceMemory::granted() const { return scarcity.granted; }

AmpleMemory::AmpleMemory() { ++scarcity.ample; }

AmpleMemory::~AmpleMemory() { --scarcity.ample; }

}  // namespace dgauth::support
