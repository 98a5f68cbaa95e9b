// SPDX-License-Identifier: MIT
#include "base/secret.hpp"

#include <algorithm>
#include <cstdlib>
#include <ostream>
#include <type_traits>

#include <fmt/format.h>

#include "support/printing.hpp"

namespace dgauth {
namespace {

using namespace std::string_view_literals;

template <typename T>
concept streamable = requires(std::ostream& stream, const T& value) {
  stream << value;
};
template <typename T>
concept comparable = requires(const T& a, const T& b) {
  a == b;
};

// A place to build an object in whose bytes can be looked at after its end.
struct Place {
  alignas(Secret) unsigned char bytes[sizeof(Secret)];
};

}  // namespace

TEST_CASE("base::Secret cannot be printed, formatted, compared or become a text unseen, promise 19") {
  static_assert(!streamable<Secret>);
  static_assert(!fmt::is_formattable<Secret>::value);
  static_assert(!comparable<Secret>);
  static_assert(!std::is_convertible_v<Secret, std::string_view>);
  static_assert(!std::is_convertible_v<Secret, std::string>);
  static_assert(!std::is_convertible_v<std::string_view, Secret>);
  CHECK(streamable<std::string>);  // the concept works
}

TEST_CASE("base::Secret holds the bytes it was made of") {
  CHECK(Secret().empty());
  CHECK(Secret().reveal() == "");
  CHECK(Secret(""sv).empty());
  CHECK(Secret("a"sv).reveal() == "a");
  CHECK_FALSE(Secret("a"sv).empty());
  CHECK(Secret("\0\0"sv).reveal() == "\0\0"sv);
  CHECK_FALSE(Secret("\0"sv).empty());
  const std::string long_text(100'000, 'x');
  CHECK(Secret(long_text).reveal() == long_text);
}

TEST_CASE("base::Secret is put together from pieces") {
  const Secret key("fake-key"sv);
  CHECK(Secret({"Token ", key}).reveal() == "Token fake-key");
  CHECK(Secret({std::string("a"), "b"sv, key, "", "\n"}).reveal() == "abfake-key\n");
  CHECK(Secret({key, key}).reveal() == "fake-keyfake-key");
}

TEST_CASE("base::Secret has a NUL behind the last byte") {
  for (const Secret& secret : {Secret(), Secret(""sv), Secret("abc"sv), Secret({"a", "b"})}) {
    CHECK(secret.reveal().data()[secret.reveal().size()] == '\0');
  }
}

TEST_CASE("base::Secret moves and copies") {
  Secret first("fake-key"sv);
  const Secret copied = first;
  const Secret moved = std::move(first);
  CHECK(copied.reveal() == "fake-key");
  CHECK(moved.reveal() == "fake-key");
  CHECK(first.reveal() == "");  // NOLINT(bugprone-use-after-move): promised by the header
  CHECK(first.empty());
  first = copied;
  CHECK(first.reveal() == "fake-key");
}

TEST_CASE("base::Secret keeps no byte inside the object, where no allocator wipes it, promise 26") {
  Place place;
  std::ranges::fill(place.bytes, static_cast<unsigned char>(0xAA));
  const auto* const secret = new (place.bytes) Secret("short"sv);
  CHECK(secret->reveal() == "short");
  std::destroy_at(secret);
  const std::string_view left(reinterpret_cast<const char*>(place.bytes), sizeof place.bytes);
  CHECK(left.find("short") == std::string_view::npos);
}

}  // namespace dgauth
