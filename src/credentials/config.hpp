// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.hpp"
#include "base/secret.hpp"
#include "deepgram/base_url.hpp"
#include "deepgram/ttl.hpp"
#include "host/environment.hpp"

namespace dgauth::credentials {

// A FIFO or a terminal may never end.
inline constexpr std::chrono::seconds read_timeout{10};

// Where a profile says the API key is.
struct KeyInConfig {
  Secret key;
};
struct KeyInFile {
  std::string path;  // absolute or relative to the current directory; the parser has resolved it
};
struct KeyFromCommand {
  std::vector<std::string> argv;  // not empty; a program with a slash is resolved as a path of KeyInFile is
  std::chrono::seconds timeout{10};
};
using KeyLocation = std::variant<KeyInConfig, KeyInFile, KeyFromCommand>;

struct Profile {
  std::string name;
  std::optional<KeyLocation> key{};
  std::string key_place{};  // `file:line` of `key`
  std::optional<deepgram::Ttl> ttl{};
  std::optional<deepgram::BaseUrl> base_url{};
  bool cache = false;                               // keep minted tokens for the next run
  std::optional<std::chrono::seconds> min_valid{};  // how long a token from the cache must still be valid
  std::string chosen_by{};                          // of the profile in force: what chose it, as -v says it
};

// The configuration file, checked: it holds no unknown setting or table and no value of a wrong type.
struct Config {
  std::string path{};  // empty: there is no file
  std::vector<Profile> profiles{};
  std::string default_profile{};        // the setting `profile`; empty: none
  std::string default_profile_place{};  // `file:line` of it
};

// What is known of a configuration file besides its text.
struct ConfigFile {
  std::string path;
  bool may_hold_key = false;  // others cannot read it; else a key in it is an error
  std::string home{};         // what `~/` at the beginning of a path in it means; empty: not known
};

// Parses the text of `file`. ErrorKind::config; the message names `path:line`, and repeats of what was read only names
// that cannot be a pasted secret.
Result<Config> parse_config(std::string_view text, const ConfigFile& file);

// Where the configuration is looked for.
struct ConfigPath {
  std::string path{};            // empty: nowhere
  std::string_view chosen_by{};  // --config or DGAUTH_CONFIG; empty: it is the default
  bool may_be_missing = false;
};
ConfigPath config_path(const std::string& flag, const host::Environment& environment);

// Reads the file that `flag` (--config; may be empty) names, else DGAUTH_CONFIG, else dgauth/config.toml in
// $XDG_CONFIG_HOME or ~/.config. Only in the last two places may it be missing: then the Config is empty.
// ErrorKind::config if it cannot be read or parsed; its end has to come before `timeout`.
Result<Config> load_config(const std::string& flag, const host::Environment& environment,
                           std::chrono::milliseconds timeout = read_timeout);

// The profile that `flag` (--profile; may be empty) names, else DGAUTH_PROFILE, else the file's `profile`; else the one
// named default, else the only one; nullopt if there is none, or several. ErrorKind::config if there is none of a name.
Result<std::optional<Profile>> find_profile(const Config& config, const std::string& flag,
                                            const host::Environment& environment);

// "a and b", as messages show the names of the profiles.
std::string names_of_profiles(const Config& config);

}  // namespace dgauth::credentials
