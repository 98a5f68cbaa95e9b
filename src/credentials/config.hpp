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

// Where a profile says the API key is.
struct KeyInConfig {
  Secret key;
};
struct KeyInFile {
  std::string path;  // absolute, or relative to the current directory: relative paths count from the configuration
};
struct KeyFromCommand {
  std::vector<std::string> argv;  // not empty
  std::chrono::seconds timeout{10};
};
using KeyLocation = std::variant<KeyInConfig, KeyInFile, KeyFromCommand>;

struct Profile {
  std::string name;
  std::optional<KeyLocation> key;
  std::string key_place;  // `file:line` of `key`
  std::optional<deepgram::Ttl> ttl;
  std::optional<deepgram::BaseUrl> base_url;
  bool cache = false;                               // keep minted tokens for the next run
  std::optional<std::chrono::seconds> min_valid{};  // the least life of a token from the cache
};

// The configuration file, checked: no unknown key, table or type gets through.
struct Config {
  std::string path;  // empty: there is no file
  std::vector<Profile> profiles;
  std::string default_profile;        // empty: none
  std::string default_profile_place;  // `file:line` of it
};

// Parses the text of the file at `path`. `may_hold_key` says whether nobody but the user can read it; else a key in it
// is refused. ErrorKind::config, with `path:line` and in our words: the parser's would repeat what it read.
Result<Config> parse_config(std::string_view text, const std::string& path, bool may_hold_key);

// Reads the file that `flag` (--config; may be empty), else DGAUTH_CONFIG, else $XDG_CONFIG_HOME or ~/.config names.
// Only of the last two may the file be missing. ErrorKind::config.
Result<Config> load_config(const std::string& flag, const host::Environment& environment);

// The profile that `flag` (--profile; may be empty), else DGAUTH_PROFILE, else the file's `profile` names; nothing if
// none does. ErrorKind::config if there is no such profile.
Result<std::optional<Profile>> find_profile(const Config& config, const std::string& flag,
                                            const host::Environment& environment);

}  // namespace dgauth::credentials
