// SPDX-License-Identifier: MIT
#include "host/file_access.hpp"

#include <array>
#include <filesystem>
#include <optional>
#include <string>

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "host/descriptor.hpp"
#include "support/temporary_folder.hpp"

namespace dgauth::host {
namespace {

using support::TemporaryFolder;

FileAccess access_at(const std::string& path) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  struct stat status {};
  REQUIRE(::fstat(file.get(), &status) == 0);
  return access_of(file.get(), path.c_str(), status);
}

// setfacl -m u:65534:r, with a mode for others; false if the file system has no lists.
bool give_list(const std::string& path, unsigned char of_others) {
  constexpr unsigned char none = 0xFF;  // an id that is none
  const std::array<unsigned char, 44> list = {
      2,    0, 0,         0,                          // version
      1,    0, 6,         0, none, none, none, none,  // the owner
      2,    0, 4,         0, 0xFE, 0xFF, 0,    0,     // the user 65534
      4,    0, 0,         0, none, none, none, none,  // the group
      0x10, 0, 4,         0, none, none, none, none,  // the mask
      0x20, 0, of_others, 0, none, none, none, none,  // others
  };
  return ::setxattr(path.c_str(), "system.posix_acl_access", list.data(), list.size(), 0) == 0;
}

// Whether a file of mode 0644 is managed on a file system that a child of its own mounts; nullopt: it cannot mount.
std::optional<bool> is_managed_on(const std::string& directory, unsigned long more_flags) {
  constexpr int cannot = 2;
  const pid_t child = ::fork();
  if (child == 0) {
    if (::unshare(CLONE_NEWNS) != 0 || ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0 ||
        ::mount("none", directory.c_str(), "tmpfs", 0, nullptr) != 0) {
      ::_exit(cannot);
    }
    const std::string path = directory + "/key";
    ::close(::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0644));
    if (more_flags != 0 && ::mount("none", directory.c_str(), "tmpfs", MS_REMOUNT | more_flags, nullptr) != 0) {
      ::_exit(cannot);
    }
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    struct stat status {};
    ::fstat(file.get(), &status);
    ::_exit(access_of(file.get(), path.c_str(), status).is_managed ? 1 : 0);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WEXITSTATUS(status) == cannot ? std::nullopt : std::optional(WEXITSTATUS(status) == 1);
}

}  // namespace

TEST_CASE("host::access_of: an ordinary file is the user's to close") {
  const TemporaryFolder directory;
  for (const mode_t mode : {0600U, 0644U, 0640U}) {
    const FileAccess access = access_at(directory.file("file", "x", mode));
    CHECK(access.is_private == (mode == 0600U));
    CHECK_FALSE(access.is_managed);
    std::filesystem::remove(directory.at("file"));
  }
}

TEST_CASE("host::access_of: with an access control list the bits of the group are its mask") {
  const TemporaryFolder directory;
  const std::string path = directory.file("file", "x");
  if (!give_list(path, 0)) {
    MESSAGE("this file system has no access control lists");
    return;
  }
  CHECK(support::mode_of(path) == 0640);
  CHECK(access_at(path).is_managed);
  // What all others can read, they can read whatever the list says.
  REQUIRE(give_list(path, 4));
  CHECK_FALSE(access_at(path).is_managed);
}

TEST_CASE("host::access_of: a mount of secrets is not the user's to close" * doctest::skip(::geteuid() != 0)) {
  const TemporaryFolder directory;
  const std::optional<bool> is_read_only_managed = is_managed_on(directory.path(), MS_RDONLY);
  const std::optional<bool> is_temporary_managed = is_managed_on(directory.path(), 0);
  const std::optional<bool> is_mount_managed = is_managed_on("/mnt", 0);
  if (!is_read_only_managed || !is_temporary_managed || !is_mount_managed) {
    MESSAGE("nothing can be mounted here");
    return;
  }
  CHECK(*is_read_only_managed);
  CHECK_FALSE(*is_temporary_managed);  // somebody's own file below /tmp
  CHECK(*is_mount_managed);
}

}  // namespace dgauth::host
