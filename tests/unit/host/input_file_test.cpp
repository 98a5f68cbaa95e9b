// SPDX-License-Identifier: MIT
#include "host/input_file.hpp"

#include <array>
#include <string>

#include <fcntl.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

#include "support/printing.hpp"
#include "support/temporary_folder.hpp"

namespace dgauth::host {
namespace {

using support::TemporaryFolder;

// Reads on until nothing is there, or the end.
std::string read_what_is_there(InputFile& file) {
  std::string text;
  std::array<char, 3> room{};
  for (auto got = file.read(room); got && *got && **got > 0; got = file.read(room)) {
    text.append(room.data(), **got);
  }
  return text;
}

}  // namespace

TEST_CASE("InputFile reads a file in pieces, twice if asked") {
  const TemporaryFolder directory;
  const Result<std::unique_ptr<InputFile>> file = InputFile::open(directory.file("a.wav", "seven b"));
  REQUIRE(file.has_value());
  CHECK((*file)->size() == 7U);
  CHECK(read_what_is_there(**file) == "seven b");
  CHECK((*file)->position() == 7U);
  CHECK((*file)->can_rewind());
  REQUIRE((*file)->rewind());
  CHECK((*file)->position() == 0U);
  CHECK(read_what_is_there(**file) == "seven b");
}

TEST_CASE("InputFile reads no more than was there when it was opened, and misses what has gone") {
  const TemporaryFolder directory;
  const std::string path = directory.file("a.wav", "0123456789");
  const Result<std::unique_ptr<InputFile>> file = InputFile::open(path);
  REQUIRE(file.has_value());
  REQUIRE(::truncate(path.c_str(), 12) == 0);
  CHECK(read_what_is_there(**file) == "0123456789");
  REQUIRE((*file)->rewind());
  REQUIRE(::truncate(path.c_str(), 4) == 0);
  CHECK(read_what_is_there(**file) == "0123");
  std::array<char, 8> room{};
  const auto got = (*file)->read(room);
  REQUIRE_FALSE(got.has_value());
  CHECK(got.error().kind == ErrorKind::usage);
  CHECK(got.error().message == path + " became shorter while it was read");
}

TEST_CASE("InputFile refuses what cannot be sent") {
  const TemporaryFolder directory;
  const auto refusal = [](const std::string& path) {
    const auto file = InputFile::open(path);
    REQUIRE_FALSE(file.has_value());
    CHECK(file.error().kind == ErrorKind::usage);
    return file.error().message;
  };
  CHECK(refusal(directory.path()) == directory.path() + " is a directory, not a file");
  CHECK(refusal(directory.file("empty", "")) == directory.at("empty") + " is empty");
  CHECK(refusal(directory.at("nothing")) == "cannot read " + directory.at("nothing") + ": no such file or directory");
}

TEST_CASE("InputFile waits for a pipe, which it reads once") {
  const TemporaryFolder directory;
  const std::string path = directory.at("pipe");
  REQUIRE(::mkfifo(path.c_str(), 0600) == 0);
  const Result<std::unique_ptr<InputFile>> file = InputFile::open(path);
  REQUIRE(file.has_value());
  CHECK_FALSE((*file)->size().has_value());
  std::array<char, 8> room{};
  auto got = (*file)->read(room);  // nobody writes yet, and that is not the end
  REQUIRE(got.has_value());
  CHECK_FALSE(got->has_value());

  Descriptor writer(::open(path.c_str(), O_WRONLY | O_CLOEXEC));
  REQUIRE(write_all(writer.get(), "ab"));
  got = (*file)->read(room);
  REQUIRE(got.has_value());
  CHECK(*got == 2U);
  CHECK_FALSE((*file)->can_rewind());
  CHECK_FALSE((*file)->rewind());
  writer.close();
  got = (*file)->read(room);
  REQUIRE(got.has_value());
  CHECK(*got == 0U);
}

TEST_CASE("InputFile: a pipe that ends without a byte is empty") {
  const TemporaryFolder directory;
  const std::string path = directory.at("pipe");
  REQUIRE(::mkfifo(path.c_str(), 0600) == 0);
  const Result<std::unique_ptr<InputFile>> file = InputFile::open(path);
  REQUIRE(file.has_value());
  { const Descriptor writer(::open(path.c_str(), O_WRONLY | O_CLOEXEC)); }
  std::array<char, 8> room{};
  const auto got = (*file)->read(room);
  REQUIRE_FALSE(got.has_value());
  CHECK(got.error().message == path + " is empty");
}

TEST_CASE("InputFile::check fails where open would") {
  const TemporaryFolder directory;
  CHECK(InputFile::check(directory.file("a.wav", "x")).has_value());
  for (const std::string& path : {directory.path(), directory.file("empty.wav", ""), directory.at("missing.wav")}) {
    CAPTURE(path);
    const Result<void> checked = InputFile::check(path);
    REQUIRE_FALSE(checked.has_value());
    CHECK(checked.error() == InputFile::open(path).error());
  }
}

TEST_CASE("InputFile::check does not open a pipe, whose writer would go on") {
  const TemporaryFolder directory;
  const std::string path = directory.at("pipe");
  REQUIRE(::mkfifo(path.c_str(), 0600) == 0);
  const Descriptor watch(::inotify_init1(IN_NONBLOCK | IN_CLOEXEC));
  REQUIRE(::inotify_add_watch(watch.get(), path.c_str(), IN_OPEN) >= 0);
  CHECK(InputFile::check(path).has_value());
  std::array<char, 512> events{};
  CHECK(::read(watch.get(), events.data(), events.size()) < 0);
}

}  // namespace dgauth::host
