// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/result.hpp"

// Mistakes in a configuration, in words. Names are repeated only where they cannot be a pasted secret.
namespace dgauth::credentials {

// Whether messages may repeat an unknown name: it is short, and of lower-case letters, as no key is.
bool may_be_repeated(std::string_view name);

// A setting of this name is not one of `known`. `place` is `file:line`.
Error unknown_setting(std::string_view place, std::string_view name, std::span<const std::string_view> known);

// A setting of a profile that is in no profile.
Error setting_outside_profile(std::string_view place, std::string_view name);

// A table that is not below `profiles`: [default], or [profile.dev] with `inner` dev (empty: there is none).
Error unknown_table(std::string_view place, std::string_view name, std::string_view inner);

// The number of the first line of `text`, from 1, that is like [profile.dev], and what is after the dot. TOML takes it
// for a contradiction to `profile = "dev"`, and says so of another line.
struct ProfileTable {
  std::size_t line;
  std::string_view name;
};
std::optional<ProfileTable> find_profile_table(std::string_view text);

// `path`, a value of the configuration, with `home` in place of the ~ of a leading `~/`. ErrorKind::config, with a
// predicate, for what nobody expands: `~/` without a home, `~name/`, `$NAME`.
Result<std::string> with_home(std::string_view path, std::string_view home);

}  // namespace dgauth::credentials
