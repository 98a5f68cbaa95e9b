// SPDX-License-Identifier: MIT
#include "host/open_path.hpp"

#include <cerrno>

#include <fcntl.h>
#include <unistd.h>

#include "support/printing.hpp"
#include "support/process_state.hpp"
#include "support/temporary_folder.hpp"

namespace dgauth::host {

TEST_CASE("host::descriptor_named: what stands for a descriptor, and what does not") {
  struct Row {
    std::string_view path;
    std::optional<int> number;
  };
  constexpr Row rows[] = {
      {"-", 0},
      {"/dev/stdin", 0},
      {"/dev/stdout", 1},
      {"/dev/stderr", 2},
      {"/dev/fd/0", 0},
      {"/dev/fd/63", 63},
      {"/proc/self/fd/7", 7},
      {"/dev/fd/2147483647", 2147483647},
      {"", {}},
      {"--", {}},
      {"./-", {}},
      {"/dev/null", {}},
      {"/dev/stdin/", {}},
      {"/dev/fd/", {}},
      {"/dev/fd/x", {}},
      {"/dev/fd/1x", {}},
      {"/dev/fd/-1", {}},
      {"/dev/fd/ 1", {}},
      {"/dev/fd/2147483648", {}},
      {"/proc/1/fd/7", {}},
      {"dev/fd/1", {}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.path);
    CHECK(descriptor_named(row.path) == row.number);
  }
}

TEST_CASE("host::open_path makes a file that only its owner can read, and that no child inherits") {
  const support::TemporaryFolder directory;
  const std::string path = directory.at("new");
  const Descriptor file = open_path(path, O_WRONLY | O_CREAT);
  REQUIRE(static_cast<bool>(file));
  CHECK(support::mode_of(path) == private_mode);
  CHECK((::fcntl(file.get(), F_GETFD) & FD_CLOEXEC) != 0);
}

TEST_CASE("host::open_path duplicates a descriptor, and leaves it open") {
  const support::TemporaryFolder directory;
  const std::string path = directory.file("a", "content");
  const Descriptor original(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  {
    const Descriptor copy = open_path("/dev/fd/" + std::to_string(original.get()), O_RDONLY);
    REQUIRE(static_cast<bool>(copy));
    CHECK(copy.get() != original.get());
    CHECK(copy.get() > STDERR_FILENO);
    CHECK((::fcntl(copy.get(), F_GETFD) & FD_CLOEXEC) != 0);
    CHECK(::lseek(copy.get(), 3, SEEK_SET) == 3);
  }
  CHECK(::lseek(original.get(), 0, SEEK_CUR) == 3);  // one open file, two descriptors
}

TEST_CASE("host::open_path is empty on failure, and errno says why") {
  const support::TemporaryFolder directory;
  errno = 0;
  CHECK_FALSE(static_cast<bool>(open_path(directory.at("missing"), O_RDONLY)));
  CHECK(errno == ENOENT);
  errno = 0;
  CHECK_FALSE(static_cast<bool>(open_path("/dev/fd/1000000000", O_RDONLY)));
  CHECK(errno == EBADF);
}

}  // namespace dgauth::host
