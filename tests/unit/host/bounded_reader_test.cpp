// SPDX-License-Identifier: MIT
#include "host/bounded_reader.hpp"

#include <array>
#include <string_view>

#include <fcntl.h>
#include <unistd.h>

#include "host/descriptor.hpp"
#include "support/printing.hpp"

namespace dgauth::host {
namespace {

// A pipe whose read end does not block.
struct Pipe {
  Descriptor read_end;
  Descriptor write_end;

  Pipe() {
    std::array<int, 2> ends{};
    REQUIRE(::pipe2(ends.data(), O_CLOEXEC | O_NONBLOCK) == 0);
    read_end = Descriptor(ends[0]);
    write_end = Descriptor(ends[1]);
  }
  void say(std::string_view bytes) const { REQUIRE(write_all(write_end.get(), bytes)); }
};

}  // namespace

TEST_CASE("host::BoundedReader reads what is there, and says when there is no more") {
  Pipe pipe;
  BoundedReader reader(pipe.read_end.get(), 10);
  CHECK(reader.read() == ReadStatus::none_yet);
  pipe.say("one");
  CHECK(reader.read() == ReadStatus::some);
  CHECK(reader.read() == ReadStatus::none_yet);
  pipe.say("two");
  CHECK(reader.read_available() == ReadStatus::none_yet);
  pipe.write_end.close();
  CHECK(reader.read_available() == ReadStatus::end);
  CHECK(reader.is_whole());
  CHECK(reader.content().reveal() == "onetwo");
}

TEST_CASE("host::BoundedReader ends behind its limit") {
  struct Row {
    std::string_view said, content;
    bool is_whole;
  };
  constexpr Row rows[] = {{"", "", true},
                          {"123", "123", true},
                          {"1234", "1234", true},
                          {"12345", "1234", false},
                          {"1234567890", "1234", false}};
  for (const Row& row : rows) {
    CAPTURE(row.said);
    Pipe pipe;
    pipe.say(row.said);
    pipe.write_end.close();
    BoundedReader reader(pipe.read_end.get(), 4);
    CHECK(reader.read_available() == ReadStatus::end);
    CHECK(reader.is_whole() == row.is_whole);
    CHECK(reader.content().reveal() == row.content);
    CHECK(reader.read() == ReadStatus::end);
  }
}

TEST_CASE("host::BoundedReader fails where read fails") {
  const Descriptor directory(::open("/", O_RDONLY | O_CLOEXEC));
  BoundedReader reader(directory.get(), 4);
  CHECK(reader.read() == ReadStatus::failed);
  CHECK(reader.read_available() == ReadStatus::failed);
}

}  // namespace dgauth::host
