// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <filesystem>

#include <fmt/format.h>

// toml++ asserts that a table's name follows its bracket. Without this the file `[=]` would end the program, or with
// NDEBUG be promised to the compiler not to exist; so the parser reaches its own error.
#undef NDEBUG
#define TOML_ASSERT(condition) static_cast<void>(0)
#include <toml++/toml.h>

#include "base/duration.hpp"
#include "base/text.hpp"
#include "credentials/config.hpp"

namespace dgauth::credentials {
namespace {

// Carries an Error out of the tree walk to parse_config.
struct Refused {
  Error error;
};

class Parser {
 public:
  Parser(const std::string& path, bool may_hold_key) : path_(path), may_hold_key_(may_hold_key) {}

  Config config(const toml::table& root) const;

 private:
  using Reader = void (Parser::*)(const toml::node&, Profile&) const;
  struct Key {
    std::string_view name;
    Reader read;
  };
  static const std::array<Key, 9> keys;

  [[noreturn]] void refuse(const toml::node& node, const std::string& what, std::string hint = {}) const;
  [[noreturn]] void refuse_key(const toml::key& key, std::span<const std::string_view> known) const;
  [[noreturn]] void refuse_value(const toml::node& node, std::string_view key, const Error& error) const;

  Profile profile(const toml::key& name, const toml::node& node) const;
  std::string_view text(const toml::node& node, std::string_view key) const;
  std::chrono::seconds duration(const toml::node& node, std::string_view key) const;
  void set_key(const toml::node& node, Profile& profile, KeyLocation location) const;

  void read_api_key(const toml::node& node, Profile& profile) const;
  void read_api_key_file(const toml::node& node, Profile& profile) const;
  void read_api_key_command(const toml::node& node, Profile& profile) const;
  void read_api_key_command_timeout(const toml::node& node, Profile& profile) const;
  void read_ttl(const toml::node& node, Profile& profile) const;
  void read_region(const toml::node& node, Profile& profile) const;
  void read_base_url(const toml::node& node, Profile& profile) const;
  void read_cache(const toml::node& node, Profile& profile) const;
  void read_min_valid(const toml::node& node, Profile& profile) const;

  std::string path_;
  bool may_hold_key_;
};

// In the order in which they are read: a time-out needs its command.
constexpr std::array<Parser::Key, 9> Parser::keys = {{
    {"api_key", &Parser::read_api_key},
    {"api_key_file", &Parser::read_api_key_file},
    {"api_key_command", &Parser::read_api_key_command},
    {"api_key_command_timeout", &Parser::read_api_key_command_timeout},
    {"ttl", &Parser::read_ttl},
    {"region", &Parser::read_region},
    {"base_url", &Parser::read_base_url},
    {"cache", &Parser::read_cache},
    {"min_valid", &Parser::read_min_valid},
}};

std::string at(const std::string& path, const toml::source_region& region) {
  return fmt::format("{}:{}", path, region.begin.line);
}

void Parser::refuse(const toml::node& node, const std::string& what, std::string hint) const {
  throw Refused{{.kind = ErrorKind::config,
                 .message = fmt::format("{}: {}", at(path_, node.source()), what),
                 .hint = std::move(hint)}};
}

void Parser::refuse_key(const toml::key& key, std::span<const std::string_view> known) const {
  const auto meant = nearest(key.str(), known);
  throw Refused{
      {.kind = ErrorKind::config,
       .message = fmt::format("{}: unknown key", at(path_, key.source())),
       .hint = meant ? fmt::format("did you mean {}?", *meant) : fmt::format("known here are {}", listed(known))}};
}

void Parser::refuse_value(const toml::node& node, std::string_view key, const Error& error) const {
  refuse(node, fmt::format("{} {}", key, error.message), error.hint);
}

Config Parser::config(const toml::table& root) const {
  Config config{.path = path_, .profiles = {}, .default_profile = {}, .default_profile_place = {}};
  for (const auto& [key, node] : root) {
    if (key == "profile") {
      config.default_profile = text(node, "profile");
      config.default_profile_place = at(path_, node.source());
    } else if (key == "profiles") {
      const toml::table* const table = node.as_table();
      if (table == nullptr) {
        refuse(node, "profiles must be tables", "write [profiles.NAME] above the keys of a profile");
      }
      for (const auto& [name, each] : *table) {
        config.profiles.push_back(profile(name, each));
      }
    } else {
      refuse_key(key, std::array<std::string_view, 2>{"profile", "profiles"});
    }
  }
  return config;
}

Profile Parser::profile(const toml::key& name, const toml::node& node) const {
  const toml::table* const table = node.as_table();
  if (table == nullptr) {
    refuse(node, "a profile must be a table", "write [profiles.NAME] above the keys of a profile");
  }
  for (const auto& [key, value] : *table) {
    if (std::ranges::find(keys, key.str(), &Key::name) == keys.end()) {
      std::array<std::string_view, keys.size()> names;
      std::ranges::transform(keys, names.begin(), &Key::name);
      refuse_key(key, names);
    }
  }
  Profile profile{.name = std::string(name.str()), .key = {}, .key_place = {}, .ttl = {}, .base_url = {}};
  for (const Key& key : keys) {
    if (const toml::node* const value = table->get(key.name)) {
      (this->*key.read)(*value, profile);
    }
  }
  return profile;
}

std::string_view Parser::text(const toml::node& node, std::string_view key) const {
  const toml::value<std::string>* const value = node.as_string();
  if (value == nullptr) {
    refuse(node, fmt::format("{} must be a text in quotes", key), fmt::format("write {} = \"…\"", key));
  }
  if (value->get().empty()) {
    refuse(node, fmt::format("{} is empty", key));
  }
  return value->get();
}

std::chrono::seconds Parser::duration(const toml::node& node, std::string_view key) const {
  std::optional<std::chrono::seconds> duration;
  if (const auto* const seconds = node.as_integer()) {
    duration = parse_duration(std::to_string(seconds->get()));
  } else if (const auto* const words = node.as_string()) {
    duration = parse_duration(words->get());
  }
  if (!duration) {
    refuse(node, fmt::format("{} is not a duration", key), "write whole seconds, like 60, or a text like \"5m\"");
  }
  return *duration;
}

void Parser::set_key(const toml::node& node, Profile& profile, KeyLocation location) const {
  if (profile.key) {
    refuse(node, "a profile has one of api_key, api_key_file and api_key_command, not several");
  }
  profile.key = std::move(location);
  profile.key_place = at(path_, node.source());
}

void Parser::read_api_key(const toml::node& node, Profile& profile) const {
  const std::string_view key = text(node, "api_key");
  if (!may_hold_key_) {
    refuse(node, "api_key stands in a file that others can read, or that is not yours",
           fmt::format("chmod 600 {}", path_));
  }
  set_key(node, profile, KeyInConfig{Secret(key)});
}

void Parser::read_api_key_file(const toml::node& node, Profile& profile) const {
  const std::filesystem::path file = text(node, "api_key_file");
  set_key(node, profile, KeyInFile{(std::filesystem::path(path_).parent_path() / file).string()});
}

void Parser::read_api_key_command(const toml::node& node, Profile& profile) const {
  constexpr std::string_view form = R"(write api_key_command = ["program", "argument"])";
  KeyFromCommand command;
  const toml::array* const words = node.as_array();
  if (words == nullptr || words->empty()) {
    refuse(node, "api_key_command must be a list of texts: it runs without a shell", std::string(form));
  }
  for (const toml::node& word : *words) {
    const toml::value<std::string>* const value = word.as_string();
    if (value == nullptr || value->get().find('\0') != std::string::npos) {
      refuse(word, "api_key_command must be a list of texts", std::string(form));
    }
    command.argv.push_back(value->get());
  }
  if (command.argv.front().empty()) {
    refuse(node, "api_key_command names no program", std::string(form));
  }
  set_key(node, profile, std::move(command));
}

void Parser::read_api_key_command_timeout(const toml::node& node, Profile& profile) const {
  const std::chrono::seconds patience = duration(node, "api_key_command_timeout");
  auto* const command = profile.key ? std::get_if<KeyFromCommand>(&*profile.key) : nullptr;
  if (command == nullptr) {
    refuse(node, "api_key_command_timeout stands without api_key_command");
  }
  command->patience = patience;
}

void Parser::read_ttl(const toml::node& node, Profile& profile) const {
  const Result<deepgram::Ttl> ttl = deepgram::Ttl::of(duration(node, "ttl"));
  if (!ttl) {
    refuse_value(node, "ttl", ttl.error());
  }
  profile.ttl = *ttl;
}

void Parser::read_region(const toml::node& node, Profile& profile) const {
  profile.base_url = deepgram::BaseUrl::of_region(text(node, "region"));
  if (!profile.base_url) {
    refuse(node, "unknown region", fmt::format("there are {}", listed(deepgram::regional_names())));
  }
}

void Parser::read_base_url(const toml::node& node, Profile& profile) const {
  if (profile.base_url) {
    refuse(node, "a profile has a region or a base_url, not both");
  }
  const Result<deepgram::BaseUrl> base_url = deepgram::BaseUrl::parse(text(node, "base_url"));
  if (!base_url) {
    refuse_value(node, "base_url", base_url.error());
  }
  profile.base_url = *base_url;
}

void Parser::read_cache(const toml::node& node, Profile& profile) const {
  const auto* const is_on = node.as_boolean();
  if (is_on == nullptr) {
    refuse(node, "cache must be true or false, without quotes");
  }
  profile.cache = is_on->get();
}

void Parser::read_min_valid(const toml::node& node, Profile& profile) const {
  profile.min_valid = duration(node, "min_valid");
}

}  // namespace

Result<Config> parse_config(std::string_view text, const std::string& path, bool may_hold_key) {
  try {
    return Parser(path, may_hold_key).config(toml::parse(text));
  } catch (const toml::parse_error& error) {
    return fail(ErrorKind::config,
                fmt::format("{}:{}:{}: this is not TOML", path, error.source().begin.line, error.source().begin.column),
                "texts stand in quotes: api_key_file = \"/run/secrets/deepgram\"; a key stands once in its table");
  } catch (Refused& refused) {
    return fail(std::move(refused.error));
  }
}

}  // namespace dgauth::credentials
