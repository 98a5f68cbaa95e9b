// SPDX-License-Identifier: MIT
#include "base/wiping_allocator.hpp"

#include <array>
#include <string_view>
#include <vector>

#include "base/secret.hpp"
#include "support/heap_watch.hpp"
#include "support/printing.hpp"

namespace dgauth {
namespace {

using support::HeapWatch;

constexpr std::string_view word = "fake-secret-for-the-heap";

}  // namespace

TEST_CASE("base::wipe overwrites every byte") {
  std::array<char, 32> bytes{};
  word.copy(bytes.data(), word.size());
  bytes.back() = 'x';
  wipe(bytes.data(), bytes.size() - 1);
  CHECK(std::string_view(bytes.data(), bytes.size()).find_first_not_of('\0') == bytes.size() - 1);
  wipe(bytes.data(), 0);
  wipe(nullptr, 0);
  CHECK(bytes.back() == 'x');
}

TEST_CASE("support::HeapWatch sees what an ordinary container leaves behind") {
  const HeapWatch watch(word);
  {
    const std::vector<char> careless(word.begin(), word.end());
    CHECK(careless.back() == word.back());  // else a compiler need not make it at all
  }
  CHECK(watch.blocks_freed() == 1);
  CHECK(watch.blocks_with_word() == 1);
}

TEST_CASE("base::WipingAllocator wipes what a container gives back, promise 26") {
  const HeapWatch watch(word);
  {
    std::vector<char, WipingAllocator<char>> bytes(word.begin(), word.end());
    for (int i = 0; i < 1000; ++i) {
      bytes.push_back('.');
    }
    WipedString text(word);
    text += word;
    text.append(1000, '.');
  }
  CHECK(watch.blocks_freed() > 3);
  CHECK(watch.blocks_with_word() == 0);
}

TEST_CASE("base::Secret wipes its bytes when it goes, is assigned or is put together, promise 26") {
  const HeapWatch watch(word);
  {
    const Secret secret(word);
    const Secret header({"Authorization: Token ", secret, "\n"});
    Secret other = header;
    other = secret;
    other = Secret(std::string_view("x"));
    Secret moved = std::move(other);
    moved = Secret({secret, secret});
    std::vector<Secret> several;
    for (int i = 0; i < 10; ++i) {
      several.push_back(secret);
    }
  }
  CHECK(watch.blocks_freed() > 15);
  CHECK(watch.blocks_with_word() == 0);
}

}  // namespace dgauth
