// SPDX-License-Identifier: MIT
#include "host/private_directory.hpp"

#include <chrono>
#include <filesystem>

#include <sys/stat.h>
#include <unistd.h>

#include "support/printing.hpp"
#include "support/process_state.hpp"
#include "support/temporary_folder.hpp"

namespace dgauth::host {
namespace {

using namespace std::string_literals;
using namespace std::string_view_literals;
using support::content_of;
using support::mode_of;
using support::TemporaryFolder;

constexpr std::size_t limit = 100;

// A private directory in a temporary one.
struct Opened {
  TemporaryFolder above;
  std::string path = above.at("private");
  PrivateDirectory directory = PrivateDirectory::open(path).value();

  std::string at(const std::string& name) const { return path + "/" + name; }
  std::string put(const std::string& name, std::string_view content, mode_t mode = 0600) const {
    return above.file("private/" + name, content, mode);
  }
  std::optional<std::string> content(const std::string& name) const {
    const std::optional<Secret> secret = directory.read(name, limit);
    return secret ? std::optional(std::string(secret->reveal())) : std::nullopt;
  }
};

// What opening `path` fails with; nothing if it does not.
std::optional<ErrorKind> failure_at(const std::string& path) {
  const Result<PrivateDirectory> directory = PrivateDirectory::open(path);
  return directory ? std::nullopt : std::optional(directory.error().kind);
}

}  // namespace

TEST_CASE("host::PrivateDirectory makes what is missing with mode 0700, promise 23") {
  for (const mode_t mask : {mode_t{0}, mode_t{022}, mode_t{0277}, mode_t{0777}}) {
    CAPTURE(mask);
    const TemporaryFolder above;
    const support::Umask umask(mask);
    CHECK(failure_at(above.at("a/b/c")) == std::nullopt);
    CHECK(mode_of(above.at("a")) == 0700);
    CHECK(mode_of(above.at("a/b")) == 0700);
    CHECK(mode_of(above.at("a/b/c")) == 0700);
    CHECK(failure_at(above.at("a/b/c")) == std::nullopt);
  }
}

TEST_CASE("host::PrivateDirectory leaves the modes of what is there") {
  const TemporaryFolder above;
  std::filesystem::create_directories(above.at("a/b"));
  for (const mode_t mode : {mode_t{0700}, mode_t{0755}, mode_t{0711}}) {
    REQUIRE(::chmod(above.at("a").c_str(), mode) == 0);
    REQUIRE(::chmod(above.at("a/b").c_str(), mode) == 0);
    CHECK(failure_at(above.at("a/b")) == std::nullopt);
    CHECK(mode_of(above.at("a")) == static_cast<int>(mode));
    CHECK(mode_of(above.at("a/b")) == static_cast<int>(mode));
  }
}

TEST_CASE("host::PrivateDirectory is none where others may write, or where there is no folder") {
  const TemporaryFolder above;
  std::filesystem::create_directories(above.at("open"));
  for (const mode_t mode : {mode_t{0770}, mode_t{0720}, mode_t{0702}, mode_t{01777}}) {
    CAPTURE(mode);
    REQUIRE(::chmod(above.at("open").c_str(), mode) == 0);
    CHECK(failure_at(above.at("open")) == ErrorKind::output);
  }
  above.file("file", "");
  CHECK(failure_at(above.at("file")) == ErrorKind::output);
  CHECK(failure_at(above.at("file/below")) == ErrorKind::output);
  CHECK(content_of(above.at("file")) == "");
  std::filesystem::create_directories(above.at("real"));
  std::filesystem::create_symlink(above.at("real"), above.at("link"));
  CHECK(failure_at(above.at("link")) == ErrorKind::output);
  std::filesystem::create_symlink(above.at("nowhere"), above.at("dangling"));
  CHECK(failure_at(above.at("dangling")) == ErrorKind::output);
  CHECK_FALSE(std::filesystem::exists(above.at("nowhere")));
  CHECK(failure_at(above.at("link/below")) == std::nullopt);
}

TEST_CASE("host::PrivateDirectory is none that belongs to somebody else") {
  if (::geteuid() != 0) {
    return;  // only root can give a directory away
  }
  const Opened opened;
  REQUIRE(::chown(opened.path.c_str(), 65534, 65534) == 0);
  CHECK(failure_at(opened.path) == ErrorKind::output);
}

TEST_CASE("host::PrivateDirectory reads back what it wrote") {
  const Opened opened;
  for (const std::string_view text : {""sv, "text"sv, "\0\xFF\r\n\0"sv}) {
    CHECK(opened.directory.write("name", Secret(text)).has_value());
    CHECK(opened.content("name") == std::string(text));
  }
  CHECK(opened.content("other") == std::nullopt);
}

TEST_CASE("host::PrivateDirectory reads only a file of ours that only we can read") {
  const Opened opened;
  opened.put("good", "text");
  CHECK(opened.content("good") == "text");
  for (const mode_t mode : {mode_t{0640}, mode_t{0620}, mode_t{0610}, mode_t{0604}, mode_t{0602}, mode_t{0601}}) {
    CAPTURE(mode);
    opened.put("loose", "text", mode);
    CHECK(opened.content("loose") == std::nullopt);
  }
  std::filesystem::create_symlink(opened.at("good"), opened.at("link"));
  CHECK(opened.content("link") == std::nullopt);
  std::filesystem::create_directory(opened.at("folder"));
  CHECK(opened.content("folder") == std::nullopt);
  REQUIRE(::mkfifo(opened.at("pipe").c_str(), 0600) == 0);
  CHECK(opened.content("pipe") == std::nullopt);
  if (::geteuid() == 0) {
    REQUIRE(::chown(opened.at("good").c_str(), 65534, 65534) == 0);
    CHECK(opened.content("good") == std::nullopt);
  }
}

TEST_CASE("host::PrivateDirectory reads at most the limit") {
  const Opened opened;
  opened.put("full", std::string(limit, 'x'));
  CHECK(opened.content("full") == std::string(limit, 'x'));
  opened.put("fuller", std::string(limit + 1, 'x'));
  CHECK(opened.content("fuller") == std::nullopt);
}

TEST_CASE("host::PrivateDirectory writes with mode 0600 and leaves no other file, promise 23") {
  for (const mode_t mask : {mode_t{0}, mode_t{022}, mode_t{0777}}) {
    CAPTURE(mask);
    const Opened opened;
    opened.put("loose", "old", 0666);
    const support::Umask umask(mask);
    CHECK(opened.directory.write("new", Secret("text")).has_value());
    CHECK(opened.directory.write("loose", Secret("text")).has_value());
    CHECK(mode_of(opened.at("new")) == 0600);
    CHECK(mode_of(opened.at("loose")) == 0600);
    CHECK(opened.content("loose") == "text");
    CHECK(std::distance(std::filesystem::directory_iterator(opened.path), {}) == 2);
  }
}

TEST_CASE("host::PrivateDirectory replaces a link and does not write where it leads") {
  const Opened opened;
  const std::string target = opened.above.file("target", "stays");
  std::filesystem::create_symlink(target, opened.at("name"));
  CHECK(opened.directory.write("name", Secret("text")).has_value());
  CHECK(opened.content("name") == "text");
  CHECK(content_of(target) == "stays");
}

TEST_CASE("host::PrivateDirectory replaces a pipe and a device, and writes into no folder") {
  const Opened opened;
  std::filesystem::create_symlink("/dev/null", opened.at("device"));
  REQUIRE(::mkfifo(opened.at("pipe").c_str(), 0600) == 0);
  for (const std::string name : {"device", "pipe"}) {
    CHECK(opened.directory.write(name, Secret("text")).has_value());
    CHECK(opened.content(name) == "text");
  }
  std::filesystem::create_directory(opened.at("folder"));
  CHECK_FALSE(opened.directory.write("folder", Secret("text")).has_value());
  CHECK(std::filesystem::is_empty(opened.at("folder")));
}

TEST_CASE("host::PrivateDirectory gives a lock to one at a time, until it is closed") {
  const Opened opened;
  Result<Descriptor> lock = opened.directory.try_lock("name.lock");
  REQUIRE(lock.has_value());
  REQUIRE(static_cast<bool>(*lock));
  const Result<Descriptor> second = opened.directory.try_lock("name.lock");
  REQUIRE(second.has_value());
  CHECK_FALSE(static_cast<bool>(*second));
  const Result<Descriptor> other = opened.directory.try_lock("other.lock");
  REQUIRE(other.has_value());
  CHECK(static_cast<bool>(*other));
  lock->close();
  const Result<Descriptor> third = opened.directory.try_lock("name.lock");
  REQUIRE(third.has_value());
  CHECK(static_cast<bool>(*third));
}

TEST_CASE("host::PrivateDirectory makes locks with mode 0600, promise 23") {
  for (const mode_t mask : {mode_t{0}, mode_t{0277}, mode_t{0777}}) {
    CAPTURE(mask);
    const Opened opened;
    const support::Umask umask(mask);
    CHECK(opened.directory.try_lock("name.lock").has_value());
    CHECK(mode_of(opened.at("name.lock")) == 0600);
  }
}

TEST_CASE("host::PrivateDirectory: a lock is no link and no folder") {
  const Opened opened;
  const std::string target = opened.above.file("target", "stays");
  std::filesystem::create_symlink(target, opened.at("link.lock"));
  std::filesystem::create_directory(opened.at("folder.lock"));
  for (const std::string name : {"link.lock", "folder.lock"}) {
    CAPTURE(name);
    const Result<Descriptor> lock = opened.directory.try_lock(name);
    REQUIRE_FALSE(lock.has_value());
    CHECK(lock.error().kind == ErrorKind::output);
    CHECK(lock.error().message.find(opened.at(name)) != std::string::npos);
  }
  CHECK(content_of(target) == "stays");
}

TEST_CASE("host::PrivateDirectory removes the files that are meant, and counts them") {
  const Opened opened;
  const std::string target = opened.above.file("target", "stays");
  for (const std::string name : {"a1", "a2", "b"}) {
    opened.put(name, "");
  }
  std::filesystem::create_symlink(target, opened.at("a-link"));
  std::filesystem::create_directory(opened.at("a-folder"));
  const auto removed = opened.directory.remove_files([](std::string_view name) { return name.starts_with('a'); });
  REQUIRE(removed.has_value());
  CHECK(*removed == 3);
  CHECK(std::filesystem::exists(opened.at("b")));
  CHECK(std::filesystem::exists(opened.at("a-folder")));
  CHECK(std::filesystem::exists(target));
  CHECK_FALSE(std::filesystem::is_symlink(opened.at("a-link")));
}

}  // namespace dgauth::host
