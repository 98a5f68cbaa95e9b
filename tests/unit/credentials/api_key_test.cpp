// SPDX-License-Identifier: MIT
#include "credentials/api_key.hpp"

#include "support/made_up.hpp"
#include "support/printing.hpp"
#include "support/process_state.hpp"
#include "support/temporary_folder.hpp"
#include "support/test_host.hpp"
#include <algorithm>

namespace dgauth::credentials {
namespace {

using support::TemporaryFolder;
using support::TestHost;

Result<FoundSecret> found(const KeySearch& search, TestHost& world) {
  return find_api_key(search, world.host(), host::Messages(world.console, false, false));
}

Profile profile_with(std::optional<KeyLocation> key) {
  Profile profile;
  profile.name = "p";
  profile.key = std::move(key);
  profile.key_place = "/fake/config.toml:3";
  return profile;
}

KeySearch in_profile(KeyLocation key, bool is_explicit = true) {
  return {.key_file = {}, .profile = profile_with(std::move(key)), .profile_is_explicit = is_explicit};
}

}  // namespace

TEST_CASE("credentials::find_api_key: flag, explicit profile, environment, default profile") {
  const TemporaryFolder directory;
  const std::string flag = directory.file("flag", "from-flag\n");
  const std::string file = directory.file("variable", "from-variable-file\n");
  const Profile with_key = profile_with(KeyInConfig{Secret(std::string_view("from-profile"))});
  const Profile keyless = profile_with(std::nullopt);
  const host::Environment::Variables key_set = {{"DEEPGRAM_API_KEY", "from-variable"}};
  const host::Environment::Variables file_set = {{"DEEPGRAM_API_KEY_FILE", file}};
  const host::Environment::Variables both_set = {{"DEEPGRAM_API_KEY", "from-variable"},
                                                 {"DEEPGRAM_API_KEY_FILE", file}};
  const host::Environment::Variables empty = {{"DEEPGRAM_API_KEY", ""}, {"DEEPGRAM_API_KEY_FILE", ""}};
  const host::Environment::Variables key_empty = {{"DEEPGRAM_API_KEY", ""}, {"DEEPGRAM_API_KEY_FILE", file}};
  struct Row {
    std::string_view what;
    KeySearch search;
    host::Environment::Variables variables;
    std::string key;
    std::string source;
  };
  const Row rows[] = {
      {"the flag alone", {flag, {}, false}, {}, "from-flag", "file:" + flag},
      {"the flag beats all", {flag, with_key, true}, key_set, "from-flag", "file:" + flag},
      {"the flag: the environment is not consulted", {flag, with_key, true}, both_set, "from-flag", "file:" + flag},
      {"an explicit profile beats the environment", {"", with_key, true}, key_set, "from-profile", "profile:p"},
      {"an explicit profile: the environment is not consulted",
       {"", with_key, true},
       both_set,
       "from-profile",
       "profile:p"},
      {"an explicit profile without key leaves it to the environment",
       {"", keyless, true},
       key_set,
       "from-variable",
       "env:DEEPGRAM_API_KEY"},
      {"a default profile does not beat the environment",
       {"", with_key, false},
       key_set,
       "from-variable",
       "env:DEEPGRAM_API_KEY"},
      {"nor a file that the environment names",
       {"", with_key, false},
       file_set,
       "from-variable-file",
       "env:DEEPGRAM_API_KEY_FILE"},
      {"a default profile alone", {"", with_key, false}, {}, "from-profile", "profile:p"},
      {"empty variables count as unset", {"", with_key, false}, empty, "from-profile", "profile:p"},
      {"the environment alone", {"", {}, false}, key_set, "from-variable", "env:DEEPGRAM_API_KEY"},
      {"the environment's file alone", {"", {}, false}, file_set, "from-variable-file", "env:DEEPGRAM_API_KEY_FILE"},
      {"an empty variable does not hide the other",
       {"", {}, false},
       key_empty,
       "from-variable-file",
       "env:DEEPGRAM_API_KEY_FILE"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.what);
    TestHost world;
    world.variables = row.variables;
    const Result<FoundSecret> key = found(row.search, world);
    REQUIRE(key.has_value());
    CHECK(key->secret.reveal() == row.key);
    CHECK(key->source == row.source);
    CHECK(world.console.err == "");
    CHECK(world.console.out == "");
  }
}

TEST_CASE("credentials::find_api_key: both variables set and consulted is config") {
  TestHost world;
  world.variables = {{"DEEPGRAM_API_KEY", "fake-key"}, {"DEEPGRAM_API_KEY_FILE", "/dev/null"}};
  const Result<FoundSecret> key = found({}, world);
  REQUIRE_FALSE(key.has_value());
  CHECK(key.error().kind == ErrorKind::config);
  CHECK(key.error().message.find("DEEPGRAM_API_KEY_FILE") != std::string::npos);
  CHECK(key.error().message.find("fake-key") == std::string::npos);
}

TEST_CASE("credentials::find_api_key: no key anywhere says so, and what to do, promise 5") {
  TestHost world;
  const Result<FoundSecret> none = found({}, world);
  REQUIRE_FALSE(none.has_value());
  CHECK(none.error().kind == ErrorKind::no_credential);
  CHECK(none.error().hint.find("DEEPGRAM_API_KEY") != std::string::npos);
  CHECK(none.error().message.find("empty") == std::string::npos);

  world.variables = {{"DEEPGRAM_API_KEY", ""}};
  CHECK(found({}, world).error().message.find("DEEPGRAM_API_KEY is set but empty") != std::string::npos);

  world.variables = {{"DEEPGRAM_ACCESS_TOKEN", support::jwt_with("{}")}};
  const Result<FoundSecret> only_token = found({}, world);
  REQUIRE_FALSE(only_token.has_value());
  CHECK(only_token.error().kind == ErrorKind::no_credential);
  CHECK(only_token.error().hint.find("--auth token") != std::string::npos);
}

TEST_CASE("credentials::find_api_key: a bad key is told by its place, never by its value, promise 3") {
  const TemporaryFolder directory;
  const std::string file = directory.file("key", "fake key\n");
  struct Row {
    std::string_view what;
    KeySearch search;
    host::Environment::Variables variables;
    std::string place;
  };
  const Row rows[] = {
      {"flag", {file, {}, false}, {}, file},
      {"variable", {}, {{"DEEPGRAM_API_KEY", "fake key"}}, "DEEPGRAM_API_KEY"},
      {"file of the variable", {}, {{"DEEPGRAM_API_KEY_FILE", file}}, file},
      {"configuration", in_profile(KeyInConfig{Secret(std::string_view("fake key"))}), {}, "/fake/config.toml:3"},
      {"file of the configuration", in_profile(KeyInFile{file}), {}, file},
      {"command", in_profile(KeyFromCommand{{"echo", "fake key"}}), {}, "/fake/config.toml:3"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.what);
    TestHost world;
    world.variables = row.variables;
    const Result<FoundSecret> key = found(row.search, world);
    REQUIRE_FALSE(key.has_value());
    CHECK(key.error().kind == ErrorKind::config);
    CHECK(key.error().message.find(row.place) != std::string::npos);
    CHECK((key.error().message + key.error().hint + world.console.err).find("fake key") == std::string::npos);
  }
}

TEST_CASE("credentials::find_api_key: a file that cannot be read is no credential, with what named it") {
  const TemporaryFolder directory;
  const std::string missing = directory.at("missing");
  struct Row {
    KeySearch search;
    host::Environment::Variables variables;
    std::string_view place;
  };
  const Row rows[] = {
      {{missing, {}, false}, {}, "--api-key-file"},
      {{}, {{"DEEPGRAM_API_KEY_FILE", missing}}, "DEEPGRAM_API_KEY_FILE"},
      {in_profile(KeyInFile{missing}), {}, "/fake/config.toml:3"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.place);
    TestHost world;
    world.variables = row.variables;
    const Result<FoundSecret> key = found(row.search, world);
    REQUIRE_FALSE(key.has_value());
    CHECK(exit_status_of(key.error().kind) == ExitStatus::no_credential);
    CHECK(key.error().message.find(row.place) != std::string::npos);
    CHECK(key.error().message.find(missing) != std::string::npos);
  }
}

TEST_CASE("credentials::find_api_key: a pasted key in a path's place is not repeated, promise 19") {
  const std::string hex_key = "0123456789abcdef0123456789abcdef01234567";
  for (const std::string& pasted : {hex_key, support::jwt_with("{}")}) {
    TestHost world;
    const Result<FoundSecret> key = found({pasted, {}, false}, world);
    REQUIRE_FALSE(key.has_value());
    CHECK((key.error().message + key.error().hint).find(pasted.substr(0, 8)) == std::string::npos);
  }
}

TEST_CASE("credentials::find_api_key warns of a key file that others can read, and takes it, promise 6") {
  const TemporaryFolder directory;
  for (const mode_t mode : {0600U, 0400U}) {
    TestHost world;
    REQUIRE(
        found({directory.file("private" + std::to_string(mode), "fake-key\n", mode), {}, false}, world).has_value());
    CHECK(world.console.err == "");
  }
  for (const mode_t mode : {0444U, 0644U, 0640U}) {
    TestHost world;
    const std::string path = directory.file("open" + std::to_string(mode), "fake-key\n", mode);
    REQUIRE(found({path, {}, false}, world).has_value());
    CHECK(world.console.err.starts_with("dgauth: warning: "));
    CHECK(world.console.err.find(path) != std::string::npos);
    CHECK(std::ranges::count(world.console.err, '\n') == 1);
  }
}

TEST_CASE("credentials::find_api_key does not warn of what an orchestrator has mounted") {
  const TemporaryFolder directory;
  const std::string path = directory.file("key", "fake-key\n", 0444);
  struct Row {
    std::string credentials_directory;
    bool warns;
  };
  for (const Row& row : {Row{directory.path(), false}, Row{directory.path() + "/", false},
                         Row{directory.path() + "/other", true}, Row{"", true}}) {
    TestHost world;
    world.variables = {{"CREDENTIALS_DIRECTORY", row.credentials_directory}};
    REQUIRE(found({path, {}, false}, world).has_value());
    CHECK(world.console.err == (row.warns ? "dgauth: warning: --api-key-file: " + path +
                                                " is readable by other users: run chmod 600 " + path + "\n"
                                          : ""));
  }
}

TEST_CASE("credentials::find_api_key reads stdin, or prompts on a terminal") {
  const TemporaryFolder directory;
  const KeySearch from_stdin{"-", {}, false};
  {
    const support::Stdin stdin_is(directory.file("stdin", "from-stdin\r\n", 0644));
    TestHost world;
    const Result<FoundSecret> key = found(from_stdin, world);
    REQUIRE(key.has_value());
    CHECK(key->secret.reveal() == "from-stdin");
    CHECK(key->source == "stdin");
    CHECK(world.console.prompts.empty());
    CHECK(world.console.err == "");
  }
  {
    TestHost world;
    world.console.in_is_a_terminal = true;
    world.console.typed = {"typed-key"};
    const Result<FoundSecret> key = found(from_stdin, world);
    REQUIRE(key.has_value());
    CHECK(key->secret.reveal() == "typed-key");
    CHECK(key->source == "stdin");
    CHECK(world.console.prompts.size() == 1);
  }
  {
    TestHost world;
    world.console.in_is_a_terminal = true;
    const Result<FoundSecret> nothing_typed = found(from_stdin, world);
    REQUIRE_FALSE(nothing_typed.has_value());
    CHECK(nothing_typed.error().kind == ErrorKind::no_credential);
  }
}

TEST_CASE("credentials::find_api_key runs the command of a profile, promise 8") {
  TestHost world;
  const Result<FoundSecret> key = found(in_profile(KeyFromCommand{{"printf", "%s\\n", "from-command"}}), world);
  REQUIRE(key.has_value());
  CHECK(key->secret.reveal() == "from-command");
  CHECK(key->source == "profile:p");

  const std::string long_key(4096, 'k');
  CHECK(found(in_profile(KeyFromCommand{{"printf", "%s\\r\\n", long_key}}), world)->secret.reveal() == long_key);

  const std::vector<std::string> bad_commands[] = {{"false"},
                                                   {"true"},
                                                   {"/nowhere/fake-program"},
                                                   {"sh", "-c", "echo fake-key; exit 3"},
                                                   {"head", "-c", "100000", "/dev/zero"},
                                                   {"printf", "%s", long_key + "k"}};
  for (const std::vector<std::string>& argv : bad_commands) {
    CAPTURE(argv);
    const Result<FoundSecret> none = found(in_profile(KeyFromCommand{argv}), world);
    REQUIRE_FALSE(none.has_value());
    CHECK(exit_status_of(none.error().kind) == ExitStatus::no_credential);
    CHECK((none.error().message + none.error().hint).find("fake-key") == std::string::npos);
    CHECK(none.error().message.find("/fake/config.toml:3") != std::string::npos);
  }
}

TEST_CASE("credentials::fingerprint is the start of the SHA-256") {
  // FIPS 180-4: SHA-256 of "abc" begins so.
  CHECK(fingerprint(Secret(std::string_view("abc"))) == "ba7816bf");
}

TEST_CASE("credentials::search_needs_action: only a prompt or a command is one, and only if its turn comes") {
  const Profile with_command = profile_with(KeyFromCommand{{"pass"}});
  const Profile with_file = profile_with(KeyInFile{"/fake/key"});
  struct Row {
    std::string_view what;
    KeySearch search;
    host::Environment::Variables variables;
    bool stdin_is_terminal;
    bool needs_action;
  };
  const Row rows[] = {
      {"nothing", {}, {}, false, false},
      {"a file", {"/fake/key", {}, false}, {}, true, false},
      {"stdin from a pipe", {"-", {}, false}, {}, false, false},
      {"a prompt", {"-", {}, false}, {}, true, true},
      {"a command", {"", with_command, false}, {}, false, true},
      {"a command of an explicit profile", {"", with_command, true}, {{"DEEPGRAM_API_KEY", "x"}}, false, true},
      {"a command that the environment spares", {"", with_command, false}, {{"DEEPGRAM_API_KEY", "x"}}, false, false},
      {"a command that the environment's file spares",
       {"", with_command, false},
       {{"DEEPGRAM_API_KEY_FILE", "x"}},
       false,
       false},
      {"a command that an empty variable does not spare",
       {"", with_command, false},
       {{"DEEPGRAM_API_KEY", ""}},
       false,
       true},
      {"a command that the flag spares", {"/fake/key", with_command, true}, {}, false, false},
      {"a file of the profile", {"", with_file, true}, {}, true, false},
      {"a terminal in the profile", {"", profile_with(KeyInFile{"/dev/stdin"}), true}, {}, true, true},
      {"a pipe in the profile", {"", profile_with(KeyInFile{"/dev/stdin"}), true}, {}, false, false},
      {"a terminal in the environment", {}, {{"DEEPGRAM_API_KEY_FILE", "/dev/fd/0"}}, true, true},
      {"a file in the environment", {}, {{"DEEPGRAM_API_KEY_FILE", "/fake/key"}}, true, false},
      {"a key beside a terminal", {}, {{"DEEPGRAM_API_KEY", "x"}, {"DEEPGRAM_API_KEY_FILE", "/dev/fd/0"}}, true, false},
  };
  for (const Row& row : rows) {
    CAPTURE(row.what);
    TestHost world;
    world.variables = row.variables;
    world.console.in_is_a_terminal = row.stdin_is_terminal;
    CHECK(search_needs_action(row.search, world.host()) == row.needs_action);
  }
}

}  // namespace dgauth::credentials
