// SPDX-License-Identifier: MIT
#include "credentials/config.hpp"

#include <filesystem>

#include <unistd.h>

#include "support/deepgram_printing.hpp"
#include "support/process_state.hpp"
#include "support/temporary_folder.hpp"

namespace dgauth::credentials {
namespace {

using host::Environment;
using support::TemporaryFolder;

std::string config_named(const std::string& profile) {
  return "profile = \"" + profile + "\"\n[profiles." + profile + "]\n";
}

// Writes the file that a home or XDG directory has, and returns the directory.
std::string folder_with_config(const TemporaryFolder& directory, const std::string& name, const std::string& below,
                               const std::string& profile) {
  std::filesystem::create_directories(directory.at(name + below + "/dgauth"));
  directory.file(name + below + "/dgauth/config.toml", config_named(profile));
  return directory.at(name);
}

// The default profile of the file that was chosen: says which.
std::string chosen(const std::string& flag, const Environment::Variables& variables) {
  const Result<Config> config = load_config(flag, Environment(variables));
  return config ? config->default_profile : config.error().message;
}

}  // namespace

TEST_CASE("credentials::load_config: --config, DGAUTH_CONFIG, XDG_CONFIG_HOME, HOME") {
  const TemporaryFolder directory;
  const std::string flag = directory.file("flag.toml", config_named("flag"));
  const std::string variable = directory.file("variable.toml", config_named("variable"));
  const std::string xdg = folder_with_config(directory, "xdg", "", "xdg");
  const std::string home = folder_with_config(directory, "home", "/.config", "home");
  struct Row {
    std::string flag;
    Environment::Variables variables;
    std::string_view profile;
  };
  const Row rows[] = {
      {flag, {{"DGAUTH_CONFIG", variable}, {"XDG_CONFIG_HOME", xdg}, {"HOME", home}}, "flag"},
      {"", {{"DGAUTH_CONFIG", variable}, {"XDG_CONFIG_HOME", xdg}, {"HOME", home}}, "variable"},
      {"", {{"DGAUTH_CONFIG", ""}, {"XDG_CONFIG_HOME", xdg}, {"HOME", home}}, "xdg"},
      {"", {{"XDG_CONFIG_HOME", xdg}, {"HOME", home}}, "xdg"},
      {"", {{"XDG_CONFIG_HOME", ""}, {"HOME", home}}, "home"},
      {"", {{"HOME", home}}, "home"},
      {"", {{"HOME", directory.at("missing")}}, ""},
      {"", {{"XDG_CONFIG_HOME", directory.at("missing")}}, ""},
      {"", {{"HOME", ""}}, ""},
      {"", {}, ""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.variables);
    CHECK(chosen(row.flag, row.variables) == row.profile);
  }
}

TEST_CASE("credentials::load_config: nothing in the current folder changes behaviour, promise 7") {
  const TemporaryFolder directory;
  folder_with_config(directory, ".", "", "here");
  folder_with_config(directory, ".", "/.config", "here");
  for (const char* const name : {"config.toml", "dgauth.toml", ".dgauth.toml", "deepgram.yaml", ".env"}) {
    directory.file(name, config_named("here"));
  }
  const support::WorkingFolder here(directory.path());
  for (const Environment::Variables& variables :
       {Environment::Variables{}, Environment::Variables{{"XDG_CONFIG_HOME", "."}, {"HOME", "."}},
        Environment::Variables{{"XDG_CONFIG_HOME", "dgauth"}}, Environment::Variables{{"HOME", ""}}}) {
    CAPTURE(variables);
    CHECK(chosen("", variables) == "");
  }
}

TEST_CASE("credentials::load_config: a relative XDG_CONFIG_HOME is passed over") {
  const TemporaryFolder directory;
  const std::string home = folder_with_config(directory, "home", "/.config", "home");
  CHECK(chosen("", {{"XDG_CONFIG_HOME", "relative"}, {"HOME", home}}) == "home");
}

TEST_CASE("credentials::load_config: a file that was named must be there, and the name is told") {
  const TemporaryFolder directory;
  const std::string missing = directory.at("missing.toml");
  const Result<Config> by_flag = load_config(missing, Environment());
  REQUIRE_FALSE(by_flag.has_value());
  CHECK(by_flag.error().kind == ErrorKind::config);
  CHECK(by_flag.error().message.find("--config") != std::string::npos);
  CHECK(by_flag.error().message.find(missing) != std::string::npos);
  const Result<Config> by_variable = load_config("", Environment({{"DGAUTH_CONFIG", missing}}));
  REQUIRE_FALSE(by_variable.has_value());
  CHECK(by_variable.error().kind == ErrorKind::config);
  CHECK(by_variable.error().message.find("DGAUTH_CONFIG") != std::string::npos);
  CHECK(by_variable.error().message.find(missing) != std::string::npos);
}

TEST_CASE("credentials::load_config: ~ is the shell's, and says so where no shell has seen it") {
  constexpr std::string_view hint = "~ is not expanded here: write the path in full";
  CHECK(load_config("~/nowhere.toml", Environment()).error().hint == hint);
  CHECK(load_config("", Environment(Environment::Variables{{"DGAUTH_CONFIG", "~/nowhere.toml"}})).error().hint == hint);
  CHECK(load_config("/nowhere.toml", Environment()).error().hint == "");
}

TEST_CASE("credentials::load_config: a file that is there and cannot be read is never passed over") {
  const TemporaryFolder directory;
  std::filesystem::create_directories(directory.at("dgauth/config.toml"));
  const Result<Config> config = load_config("", Environment({{"XDG_CONFIG_HOME", directory.path()}}));
  REQUIRE_FALSE(config.has_value());
  CHECK(config.error().kind == ErrorKind::config);
}

TEST_CASE("credentials::load_config: a file of 1 MiB and more is none") {
  const TemporaryFolder directory;
  const Result<Config> config =
      load_config(directory.file("big.toml", std::string(1024 * 1024 + 1, '\n')), Environment());
  REQUIRE_FALSE(config.has_value());
  CHECK(config.error().kind == ErrorKind::config);
}

TEST_CASE("credentials::load_config: a file with a key must be private and own, promise 6") {
  const TemporaryFolder directory;
  constexpr std::string_view text = "[profiles.p]\napi_key = \"fake-key\"\n";
  struct Row {
    mode_t mode;
    bool is_good;
  };
  for (const Row& row : {Row{0600, true}, Row{0400, true}, Row{0640, false}, Row{0604, false}, Row{0644, false},
                         Row{0660, false}, Row{0620, false}, Row{0602, false}}) {
    CAPTURE(row.mode);
    const std::string path = directory.file("config.toml", text, row.mode);
    const Result<Config> config = load_config(path, Environment());
    CHECK(config.has_value() == row.is_good);
    if (!config) {
      CHECK(config.error().kind == ErrorKind::config);
      CHECK(config.error().message.starts_with(path + ":2:"));
    }
    ::unlink(path.c_str());
  }
  CHECK(load_config(directory.file("no-key.toml", "[profiles.p]\nttl = 60\n", 0644), Environment()).has_value());
}

TEST_CASE("credentials::load_config: a file with a key that is somebody else's, promise 6" *
          doctest::skip(::geteuid() != 0)) {
  const TemporaryFolder directory;
  const std::string path = directory.file("config.toml", "[profiles.p]\napi_key = \"fake-key\"\n");
  REQUIRE(::chown(path.c_str(), 12345, 12345) == 0);
  const Result<Config> config = load_config(path, Environment());
  REQUIRE_FALSE(config.has_value());
  CHECK(config.error().kind == ErrorKind::config);
}

TEST_CASE("credentials::find_profile: --profile, DGAUTH_PROFILE, the file's own, default, the only one") {
  const Result<Config> config = parse_config("profile = \"a\"\n[profiles.a]\n[profiles.b]\n[profiles.c]\n",
                                             {.path = "/fake/config.toml", .may_hold_key = true});
  const Result<Config> without_default =
      parse_config("[profiles.a]\n", {.path = "/fake/config.toml", .may_hold_key = true});
  REQUIRE(config.has_value());
  REQUIRE(without_default.has_value());
  const auto name = [](const Config& from, const std::string& flag, Environment::Variables variables) {
    const auto profile = find_profile(from, flag, Environment(std::move(variables)));
    REQUIRE(profile.has_value());
    return *profile ? (*profile)->name : "none";
  };
  CHECK(name(*config, "c", {{"DGAUTH_PROFILE", "b"}}) == "c");
  CHECK(name(*config, "", {{"DGAUTH_PROFILE", "b"}}) == "b");
  CHECK(name(*config, "", {{"DGAUTH_PROFILE", ""}}) == "a");
  CHECK(name(*config, "", {}) == "a");
  CHECK(name(*without_default, "", {}) == "a");
  CHECK(name(Config{}, "", {}) == "none");
}

TEST_CASE("credentials::find_profile says what chose the profile") {
  const auto choice = [](std::string_view text, const std::string& flag, Environment::Variables variables) {
    const Result<Config> config = parse_config(text, {.path = "/fake/config.toml", .may_hold_key = true});
    const auto profile = find_profile(*config, flag, Environment(std::move(variables)));
    return *profile ? (*profile)->name + " by " + (*profile)->chosen_by : "none";
  };
  constexpr std::string_view two = "[profiles.a]\n[profiles.b]\n";
  CHECK(choice(two, "a", {}) == "a by --profile");
  CHECK(choice(two, "", {{"DGAUTH_PROFILE", "b"}}) == "b by DGAUTH_PROFILE");
  CHECK(choice("profile = \"b\"\n[profiles.b]\n[profiles.default]\n", "", {}) == "b by /fake/config.toml:1");
  CHECK(choice("[profiles.a]\n[profiles.default]\n", "", {}) == "default by its name");
  CHECK(choice("[profiles.a]\n", "", {}) == "a by being the only one");
  CHECK(choice(two, "", {}) == "none");
}

TEST_CASE("credentials::find_profile: a profile that is not there is config, with the names that are") {
  const Result<Config> config = parse_config("profile = \"gone\"\n[profiles.dev]\n[profiles.prod]\n",
                                             {.path = "/fake/config.toml", .may_hold_key = true});
  REQUIRE(config.has_value());
  struct Row {
    std::string flag;
    Environment::Variables variables;
    std::string_view place;
  };
  const Row rows[] = {
      {"missing", {}, "--profile"},
      {"DEV", {}, "--profile"},
      {"", {{"DGAUTH_PROFILE", "missing"}}, "DGAUTH_PROFILE"},
      {"", {}, "/fake/config.toml:1"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.place);
    const auto profile = find_profile(*config, row.flag, Environment(row.variables));
    REQUIRE_FALSE(profile.has_value());
    CHECK(profile.error().kind == ErrorKind::config);
    CHECK(profile.error().message.find(row.place) != std::string::npos);
    CHECK(profile.error().hint.find("dev") != std::string::npos);
    CHECK(profile.error().hint.find("prod") != std::string::npos);
  }
  const auto without_file = find_profile(Config{}, "dev", Environment());
  REQUIRE_FALSE(without_file.has_value());
  CHECK(without_file.error().kind == ErrorKind::config);
}

}  // namespace dgauth::credentials
