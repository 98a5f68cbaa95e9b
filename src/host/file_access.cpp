// SPDX-License-Identifier: MIT
#include "host/file_access.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include <sys/statvfs.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/statfs.h>
#include <sys/xattr.h>
#endif

namespace dgauth::host {
namespace {

bool is_on_read_only_mount(int descriptor) {
  struct statvfs system {};
  return ::fstatvfs(descriptor, &system) == 0 && (system.f_flag & ST_RDONLY) != 0;
}

#ifdef __linux__
// Where orchestrators mount secrets, and people put what does not last.
bool is_in_memory(int descriptor) {
  constexpr std::array<unsigned long, 2> types = {0x01021994, 0x858458f6};  // tmpfs and ramfs: linux/magic.h
  struct statfs system {};
  return ::fstatfs(descriptor, &system) == 0 &&
         std::ranges::find(types, static_cast<unsigned long>(system.f_type) & 0xFFFFFFFFUL) != types.end();
}

bool has_access_list(int descriptor) { return ::fgetxattr(descriptor, "system.posix_acl_access", nullptr, 0) > 0; }
#else
bool is_in_memory(int /*descriptor*/) { return false; }
bool has_access_list(int /*descriptor*/) { return false; }
#endif

bool is_for_temporary_files(std::string_view path) {
  constexpr std::array<std::string_view, 4> places = {"/tmp/", "/var/tmp/", "/dev/shm/", "/run/user/"};
  return std::ranges::any_of(places, [path](std::string_view place) { return path.starts_with(place); });
}

}  // namespace

FileAccess access_of(int descriptor, const char* path, const struct stat& status) {
  const bool is_own = status.st_uid == ::geteuid();
  const bool is_private = (status.st_mode & (S_IRWXG | S_IRWXO)) == 0;
  // With a list the bits of the group are its mask, and say nothing of the group.
  const bool is_listed = (status.st_mode & S_IRWXO) == 0 && has_access_list(descriptor);
  const bool is_mounted_secret =
      is_on_read_only_mount(descriptor) || (is_in_memory(descriptor) && !is_for_temporary_files(path));
  return {.is_own = is_own,
          .is_private = is_private,
          .is_managed = (!is_own && ::geteuid() != 0) || is_listed || is_mounted_secret};
}

}  // namespace dgauth::host
