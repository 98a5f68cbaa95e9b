// SPDX-License-Identifier: MIT
#include "host/descriptor.hpp"

#include <array>
#include <cerrno>

#include <fcntl.h>
#include <unistd.h>

#include "host/system_error.hpp"
#include "support/printing.hpp"

namespace dgauth::host {
namespace {

using namespace std::chrono_literals;
using std::chrono::steady_clock;

bool is_open(int number) { return ::fcntl(number, F_GETFD) >= 0; }

Descriptor open_null() { return Descriptor(::open("/dev/null", O_RDWR | O_CLOEXEC)); }

}  // namespace

TEST_CASE("host::Descriptor owns what it holds") {
  int number = -1;
  {
    const Descriptor descriptor = open_null();
    number = descriptor.get();
    REQUIRE(is_open(number));
    CHECK(static_cast<bool>(descriptor));
  }
  CHECK_FALSE(is_open(number));
  CHECK_FALSE(static_cast<bool>(Descriptor()));
}

TEST_CASE("host::Descriptor moves, and closes what it held before") {
  int of_first = -1;
  int of_second = -1;
  {
    Descriptor second = open_null();
    of_second = second.get();
    {
      Descriptor first = open_null();
      of_first = first.get();
      second = std::move(first);
    }
    CHECK(second.get() == of_first);
    CHECK(is_open(of_first));
    CHECK_FALSE(is_open(of_second));
    CHECK(second.close());
    CHECK_FALSE(is_open(of_first));
    CHECK_FALSE(static_cast<bool>(second));
  }
}

TEST_CASE("host::write_all says whether all is written, promise 22") {
  std::array<int, 2> ends{};
  REQUIRE(::pipe(ends.data()) == 0);
  const Descriptor reader(ends[0]);
  const Descriptor writer(ends[1]);
  CHECK(write_all(writer.get(), "hello"));
  CHECK(write_all(writer.get(), ""));
  std::array<char, 16> got{};
  CHECK(::read(reader.get(), got.data(), got.size()) == 5);

  const Descriptor full(::open("/dev/full", O_WRONLY | O_CLOEXEC));
  CHECK_FALSE(write_all(full.get(), "x"));
  CHECK(errno == ENOSPC);
  CHECK_FALSE(write_all(-1, "x"));
  CHECK(errno == EBADF);
}

TEST_CASE("host::wait_readable") {
  std::array<int, 2> ends{};
  REQUIRE(::pipe(ends.data()) == 0);
  const Descriptor reader(ends[0]);
  Descriptor writer(ends[1]);
  const auto begin = steady_clock::now();
  CHECK_FALSE(wait_readable(reader.get(), begin + 50ms));
  CHECK(steady_clock::now() - begin >= 50ms);
  CHECK_FALSE(wait_readable(reader.get(), begin - 1s));  // already past
  REQUIRE(write_all(writer.get(), "x"));
  CHECK(wait_readable(reader.get(), steady_clock::now() + 5s));
  char byte = 0;
  REQUIRE(::read(reader.get(), &byte, 1) == 1);
  writer.close();
  CHECK(wait_readable(reader.get(), steady_clock::now() + 5s));  // its end
}

TEST_CASE("host::system_error_text begins in lower case, as messages do") {
  for (const int number : {ENOENT, EACCES, ENOSPC, EISDIR, 9999}) {
    CAPTURE(number);
    const std::string text = system_error_text(number);
    REQUIRE_FALSE(text.empty());
    const bool is_upper = text.front() >= 'A' && text.front() <= 'Z';
    CHECK_FALSE(is_upper);
    CHECK_FALSE(text.ends_with('.'));
  }
  CHECK(system_error_text(ENOENT) != system_error_text(EACCES));
}

}  // namespace dgauth::host
