// SPDX-License-Identifier: MIT
#include "credentials/config.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/shown.hpp"
#include "base/text.hpp"
#include "credentials/config_mistakes.hpp"
#include "host/files.hpp"

namespace dgauth::credentials {
namespace {

constexpr std::size_t longest_config = 64 * 1024;  // toml++ recurses: a key of 100,000 parts is too much for it

}  // namespace

ConfigPath config_path(const std::string& flag, const host::Environment& environment) {
  if (!flag.empty()) {
    return {.path = flag, .chosen_by = "--config"};
  }
  if (const auto path = environment.get("DGAUTH_CONFIG"); !path.empty()) {
    return {.path = std::string(path), .chosen_by = "DGAUTH_CONFIG"};
  }
  // The XDG Base Directory Specification says to ignore relative paths.
  if (const auto directory = environment.get("XDG_CONFIG_HOME"); directory.starts_with('/')) {
    return {.path = std::string(directory) + "/dgauth/config.toml", .may_be_missing = true};
  }
  if (const auto home = environment.get("HOME"); home.starts_with('/')) {
    return {.path = std::string(home) + "/.config/dgauth/config.toml", .may_be_missing = true};
  }
  return {};
}

namespace {

std::string shown_name(std::string_view profile) {
  constexpr std::size_t longest = 64;
  return shortened(shown_text(profile), longest);
}

// What to do so that there is a profile of this name.
std::string hint_for_profile(const Config& config, std::string_view name) {
  if (config.path.empty()) {
    return "there is no configuration file: to create one, see 'dgauth help configuration'";
  }
  if (!config.profiles.empty()) {
    return fmt::format("{} defines: {}", config.path, names_of_profiles(config));
  }
  return may_be_repeated(name) ? fmt::format("add a table [profiles.{}] to {}", name, config.path)
                               : fmt::format("{} defines no profile: see 'dgauth help configuration'", config.path);
}

// The profile in force where none is named.
std::optional<Profile> default_profile(const Config& config) {
  const auto found = std::ranges::find(config.profiles, "default", &Profile::name);
  if (found == config.profiles.end() && config.profiles.size() != 1) {
    return std::nullopt;
  }
  const bool has_name = found != config.profiles.end();
  Profile profile = has_name ? *found : config.profiles.front();
  profile.chosen_by = has_name ? "its name" : "being the only one";
  return profile;
}

}  // namespace

Result<Config> load_config(const std::string& flag, const host::Environment& environment,
                           std::chrono::milliseconds timeout) {
  const ConfigPath where = config_path(flag, environment);
  if (where.path.empty() || (where.may_be_missing && !host::file_exists(where.path))) {
    return Config{};
  }
  const Result<host::FileContent> file = host::read_file(where.path, longest_config, timeout, ErrorKind::config);
  if (!file) {
    return where.chosen_by.empty()
               ? fail(file.error())
               : fail(ErrorKind::config, fmt::format("{}: {}", where.chosen_by, file.error().message),
                      std::string(hint_for_unread(where.path)));
  }
  if (!file->is_whole) {
    return fail(ErrorKind::config, fmt::format("{}: larger than 64 KiB: not a configuration file", where.path));
  }
  return parse_config(file->bytes.reveal(), {.path = where.path,
                                             .may_hold_key = file->access.is_own && file->access.is_private,
                                             .home = std::string(environment.get("HOME"))});
}

Result<std::optional<Profile>> find_profile(const Config& config, const std::string& flag,
                                            const host::Environment& environment) {
  struct Wish {
    std::string_view name;
    std::string chosen_by;
  };
  const std::array wishes = {Wish{flag, "--profile"}, Wish{environment.get("DGAUTH_PROFILE"), "DGAUTH_PROFILE"},
                             Wish{config.default_profile, config.default_profile_place}};
  const auto* const wish = std::ranges::find_if(wishes, [](const Wish& each) { return !each.name.empty(); });
  if (wish == wishes.end()) {
    return default_profile(config);
  }
  const auto found = std::ranges::find(config.profiles, wish->name, &Profile::name);
  if (found == config.profiles.end()) {
    return fail(ErrorKind::config,
                may_be_repeated(wish->name) ? fmt::format("{}: there is no profile '{}'", wish->chosen_by, wish->name)
                                            : fmt::format("{}: there is no such profile", wish->chosen_by),
                hint_for_profile(config, wish->name));
  }
  Profile profile = *found;
  profile.chosen_by = wish->chosen_by;
  return profile;
}

std::string names_of_profiles(const Config& config) {
  std::vector<std::string> names;
  for (const Profile& profile : config.profiles) {
    names.push_back(shown_name(profile.name));
  }
  const std::vector<std::string_view> views(names.begin(), names.end());
  return join_with_and(views);
}

}  // namespace dgauth::credentials
