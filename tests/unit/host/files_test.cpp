// SPDX-License-Identifier: MIT
#include "host/files.hpp"

#include <cstdlib>
#include <thread>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "support/printing.hpp"
#include "support/process_state.hpp"
#include "support/temporary_folder.hpp"

namespace dgauth::host {
namespace {

using namespace std::chrono_literals;
using namespace std::string_view_literals;
using support::content_of;
using support::mode_of;
using support::TemporaryFolder;

constexpr std::size_t limit = 1000;

Result<FileContent> read(const std::string& path, std::size_t at_most = limit) {
  return read_file(path, at_most, 5s, ErrorKind::config);
}

std::string fifo_in(const TemporaryFolder& directory) {
  std::string path = directory.at("pipe");
  REQUIRE(::mkfifo(path.c_str(), 0600) == 0);
  return path;
}

}  // namespace

TEST_CASE("host::read_file gives the bytes of a file as they are") {
  const TemporaryFolder directory;
  for (const std::string_view bytes : {""sv, "text\n"sv, "\0\xFF\r\n\0"sv}) {
    const Result<FileContent> file = read(directory.file("file", bytes));
    REQUIRE(file.has_value());
    CHECK(file->bytes.reveal() == bytes);
    CHECK(file->is_whole);
    CHECK(file->is_regular);
  }
}

TEST_CASE("host::read_file reads at most the limit and says whether that was all") {
  const TemporaryFolder directory;
  const std::string path = directory.file("file", std::string(limit, 'x'));
  struct Row {
    std::size_t limit, size;
    bool is_whole;
  };
  for (const Row& row : {Row{limit + 1, limit, true}, Row{limit, limit, true}, Row{limit - 1, limit - 1, false},
                         Row{1, 1, false}, Row{0, 0, false}}) {
    CAPTURE(row.limit);
    const Result<FileContent> file = read(path, row.limit);
    REQUIRE(file.has_value());
    CHECK(file->bytes.reveal().size() == row.size);
    CHECK(file->is_whole == row.is_whole);
  }
}

TEST_CASE("host::read_file does not wait for the end of a device that has none") {
  const Result<FileContent> zeros = read("/dev/zero");
  REQUIRE(zeros.has_value());
  CHECK(zeros->bytes.reveal().size() == limit);
  CHECK_FALSE(zeros->is_whole);
  CHECK_FALSE(zeros->is_regular);
  const Result<FileContent> nothing = read("/dev/null");
  REQUIRE(nothing.has_value());
  CHECK(nothing->bytes.empty());
  CHECK(nothing->is_whole);
}

TEST_CASE("host::read_file says who may read the file") {
  const TemporaryFolder directory;
  struct Row {
    mode_t mode;
    bool is_private;
  };
  constexpr Row rows[] = {{0600, true},  {0400, true},  {0700, true},  {0640, false}, {0604, false}, {0644, false},
                          {0444, false}, {0620, false}, {0602, false}, {0601, false}, {0610, false}};
  for (const Row& row : rows) {
    CAPTURE(row.mode);
    const std::string path = directory.file("file", "x", row.mode);
    const Result<FileContent> file = read(path);
    REQUIRE(file.has_value());
    CHECK(file->access.is_private == row.is_private);
    CHECK(file->access.is_own);
    ::unlink(path.c_str());
  }
}

TEST_CASE("host::read_file sees that a file is somebody else's" * doctest::skip(::geteuid() != 0)) {
  const TemporaryFolder directory;
  const std::string path = directory.file("file", "x");
  REQUIRE(::chown(path.c_str(), 12345, 12345) == 0);
  const Result<FileContent> file = read(path);
  REQUIRE(file.has_value());
  CHECK_FALSE(file->access.is_own);
  CHECK(file->access.is_private);
}

TEST_CASE("host::read_file fails with the caller's kind, in one line that names the path") {
  const TemporaryFolder directory;
  for (const std::string& path : {directory.at("missing"), directory.path(), directory.at("missing/file")}) {
    for (const ErrorKind kind : {ErrorKind::config, ErrorKind::no_credential}) {
      const Result<FileContent> file = read_file(path, limit, 5s, kind);
      REQUIRE_FALSE(file.has_value());
      CHECK(file.error().kind == kind);
      CHECK(file.error().message.find(path) != std::string::npos);
      CHECK(file.error().message.find('\n') == std::string::npos);
    }
  }
}

TEST_CASE("host::read_file follows a symbolic link") {
  const TemporaryFolder directory;
  const std::string target = directory.file("target", "fake-key");
  REQUIRE(::symlink(target.c_str(), directory.at("link").c_str()) == 0);
  CHECK(read(directory.at("link"))->bytes.reveal() == "fake-key");
}

TEST_CASE("host::read_file reads a pipe to its end, however the bytes come") {
  const TemporaryFolder directory;
  const std::string path = fifo_in(directory);
  std::thread writer([&path] {
    const int pipe = ::open(path.c_str(), O_WRONLY);
    for (const char c : "fake-key"sv) {
      [[maybe_unused]] const ssize_t written = ::write(pipe, &c, 1);
      std::this_thread::sleep_for(2ms);
    }
    ::close(pipe);
  });
  const Result<FileContent> file = read(path);
  writer.join();
  REQUIRE(file.has_value());
  CHECK(file->bytes.reveal() == "fake-key");
  CHECK(file->is_whole);
  CHECK_FALSE(file->is_regular);
}

TEST_CASE("host::read_file ends after its patience") {
  const TemporaryFolder directory;
  const std::string path = fifo_in(directory);
  const auto begin = std::chrono::steady_clock::now();
  SUBCASE("a pipe with a writer that neither writes nor goes") {
    const int silent = ::open(path.c_str(), O_RDWR);
    const Result<FileContent> file = read_file(path, limit, 100ms, ErrorKind::no_credential);
    REQUIRE_FALSE(file.has_value());
    CHECK(file.error().kind == ErrorKind::no_credential);
    CHECK(file.error().message.find(path) != std::string::npos);
    ::close(silent);
  }
  SUBCASE("a pipe without a writer") { static_cast<void>(read_file(path, limit, 100ms, ErrorKind::no_credential)); }
  CHECK(std::chrono::steady_clock::now() - begin < 3s);
}

TEST_CASE("host::read_file reads stdin by its names") {
  const TemporaryFolder directory;
  const std::string path = directory.file("stdin", "from stdin");
  for (const char* const name : {"-", "/dev/stdin", "/dev/fd/0"}) {
    CAPTURE(std::string_view(name));
    const support::Stdin stdin_is(path);
    CHECK(read(name)->bytes.reveal() == "from stdin");
  }
}

TEST_CASE("host::write_private_file makes a file of mode 0600 whatever the umask, promise 23") {
  for (const mode_t mask : {0U, 0022U, 0077U, 0177U, 0777U}) {
    CAPTURE(mask);
    const TemporaryFolder directory;
    const support::Umask umask(mask);
    REQUIRE(write_private_file(directory.at("out"), Secret("fake-token\n"sv)).has_value());
    CHECK(mode_of(directory.at("out")) == 0600);
    CHECK(content_of(directory.at("out")) == "fake-token\n");
    CHECK(directory.size() == 1);
  }
}

TEST_CASE("host::write_file makes a file of the mode that the umask leaves, and replaces one atomically") {
  for (const mode_t mask : {0U, 0022U, 0027U, 0077U}) {
    CAPTURE(mask);
    const TemporaryFolder directory;
    const std::string path = directory.file("out", "old", 0600);
    REQUIRE(::link(path.c_str(), directory.at("kept").c_str()) == 0);
    const support::Umask umask(mask);
    REQUIRE(write_file(path, "report\n").has_value());
    CHECK(mode_of(path) == (0666 & ~mask));
    CHECK(content_of(path) == "report\n");
    CHECK(content_of(directory.at("kept")) == "old");
    CHECK(directory.size() == 2);
    CHECK(::umask(mask) == mask);
  }
  CHECK(write_file("/dev/full", "x").error().kind == ErrorKind::output);
}

TEST_CASE("host::write_private_file replaces a file, its mode and all, promise 23") {
  const TemporaryFolder directory;
  const std::string path = directory.file("out", std::string(5000, 'o'), 0644);
  struct stat before {};
  ::stat(path.c_str(), &before);
  const int opened = ::open(path.c_str(), O_RDONLY);
  REQUIRE(write_private_file(path, Secret("new"sv)).has_value());
  CHECK(content_of(path) == "new");
  CHECK(mode_of(path) == 0600);
  CHECK(directory.size() == 1);
  // Renamed over, not written into: who has the old file open still reads the old one.
  struct stat after {};
  struct stat of_opened {};
  ::stat(path.c_str(), &after);
  ::fstat(opened, &of_opened);
  ::close(opened);
  CHECK(after.st_ino != before.st_ino);
  CHECK(of_opened.st_size == 5000);
}

TEST_CASE("host::write_private_file does not write through a symbolic link to a file, promise 23") {
  const TemporaryFolder directory;
  const std::string victim = directory.file("victim", "untouched", 0644);
  SUBCASE("to a file that is there") { REQUIRE(::symlink(victim.c_str(), directory.at("out").c_str()) == 0); }
  SUBCASE("to nothing") { REQUIRE(::symlink(directory.at("made").c_str(), directory.at("out").c_str()) == 0); }
  static_cast<void>(write_private_file(directory.at("out"), Secret("fake-token"sv)));
  CHECK(content_of(victim) == "untouched");
  CHECK(mode_of(victim) == 0644);
  CHECK(mode_of(directory.at("made")) == -1);
}

TEST_CASE("host::write_private_file writes what is no regular file in place, promise 23") {
  const TemporaryFolder directory;
  REQUIRE(write_private_file("/dev/null", Secret("fake-token"sv)).has_value());
  struct stat status {};
  REQUIRE(::stat("/dev/null", &status) == 0);
  CHECK(S_ISCHR(status.st_mode));

  const std::string path = fifo_in(directory);
  const int reader = ::open(path.c_str(), O_RDONLY | O_NONBLOCK);
  REQUIRE(write_private_file(path, Secret("fake-token"sv)).has_value());
  std::string got(100, '\0');
  got.resize(static_cast<std::size_t>(std::max<ssize_t>(0, ::read(reader, got.data(), got.size()))));
  ::close(reader);
  CHECK(got == "fake-token");
  CHECK(directory.size() == 1);

  REQUIRE(::symlink("/dev/null", directory.at("link").c_str()) == 0);
  REQUIRE(write_private_file(directory.at("link"), Secret("fake-token"sv)).has_value());
  CHECK(directory.size() == 2);
}

TEST_CASE("host::write_private_file fails with output and leaves nothing behind, promise 22") {
  const TemporaryFolder directory;
  for (const std::string& path : {directory.at("missing/out"), directory.path(), std::string("/dev/full")}) {
    CAPTURE(path);
    const Result<void> written = write_private_file(path, Secret("fake-token"sv));
    REQUIRE_FALSE(written.has_value());
    CHECK(written.error().kind == ErrorKind::output);
    CHECK(written.error().message.find(path) != std::string::npos);
    CHECK(written.error().message.find("fake-token") == std::string::npos);
  }
  CHECK(directory.size() == 0);
}

TEST_CASE("host::append_to_file makes a private file or adds to what is there, promise 23") {
  for (const mode_t mask : {0U, 0077U, 0777U}) {
    CAPTURE(mask);
    const TemporaryFolder directory;
    const support::Umask umask(mask);
    REQUIRE(append_to_file(directory.at("new"), Secret("a=1\n"sv)).has_value());
    CHECK(mode_of(directory.at("new")) == 0600);
    REQUIRE(append_to_file(directory.at("new"), Secret("b=2\n"sv)).has_value());
    CHECK(content_of(directory.at("new")) == "a=1\nb=2\n");
  }
  const TemporaryFolder directory;
  const std::string path = directory.file("old", "a=1\n", 0644);
  REQUIRE(append_to_file(path, Secret("b=2\n"sv)).has_value());
  CHECK(content_of(path) == "a=1\nb=2\n");
  CHECK(mode_of(path) == 0644);
}

TEST_CASE("host::append_to_file begins a line, whoever wrote the last one") {
  const TemporaryFolder directory;
  struct Row {
    std::string_view before, after;
  };
  for (const Row& row :
       {Row{"a=1", "a=1\nb=2\n"}, Row{"a=1\n", "a=1\nb=2\n"}, Row{"", "b=2\n"}, Row{"\n", "\nb=2\n"}}) {
    const std::string path = directory.file("env", row.before);
    REQUIRE(append_to_file(path, Secret("b=2\n"sv)).has_value());
    CHECK(content_of(path) == row.after);
  }
}

TEST_CASE("host::append_to_file fails with output, promise 22") {
  const TemporaryFolder directory;
  for (const std::string& path : {directory.at("missing/out"), directory.path(), std::string("/dev/full")}) {
    CAPTURE(path);
    const Result<void> written = append_to_file(path, Secret("x"sv));
    REQUIRE_FALSE(written.has_value());
    CHECK(written.error().kind == ErrorKind::output);
  }
}

TEST_CASE("host::file_exists") {
  const TemporaryFolder directory;
  CHECK(file_exists(directory.file("file", "")));
  CHECK(file_exists(directory.path()));
  CHECK_FALSE(file_exists(directory.at("missing")));
}

}  // namespace dgauth::host
