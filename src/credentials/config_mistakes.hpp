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

// A setting of a profile that is in no profile. `has_profiles`: whether there is one further down.
Error setting_outside_profile(std::string_view place, std::string_view name, bool has_profiles);

// The setting `profile` in a profile.
Error profile_within_profile(std::string_view place);

// A table that is not below `profiles`: [default], or [profile.dev] with `inner` dev (empty: there is none).
Error unknown_table(std::string_view place, std::string_view name, std::string_view inner);

// The first line of `text` that is like [profile.dev] or [profile dev]. TOML takes the one for a contradiction to
// `profile = "dev"`, and says so of another line; the other it does not know.
struct ProfileTable {
  std::size_t line;        // its number, from 1
  std::string_view name;   // dev
  std::string_view table;  // profile dev
};
std::optional<ProfileTable> find_profile_table(std::string_view text);
Error unknown_profile_table(std::string_view place, const ProfileTable& table);

// `path`, a value of the configuration, with `home` in place of the ~ of a leading `~/`. ErrorKind::config, with a
// predicate, for what nobody expands: `~/` without a home, `~name/`, `$NAME`.
Result<std::string> with_home(std::string_view path, std::string_view home);

// The hint for a file that was named in a variable or an option and cannot be read; empty: there is none.
std::string_view hint_for_unread(std::string_view path);

}  // namespace dgauth::credentials
