// SPDX-License-Identifier: MIT
#include <algorithm>

#include <fmt/format.h>

#include "credentials/config.hpp"
#include "support/cases/names.hpp"
#include "support/deepgram_printing.hpp"
#include "support/heap_watch.hpp"

namespace dgauth::credentials {
namespace {

using namespace std::chrono_literals;
using namespace std::string_view_literals;

constexpr const char* path = "/fake/folder/config.toml";

Result<Config> parsed(std::string_view text, bool may_hold_key = true) {
  return parse_config(text, {.path = path, .may_hold_key = may_hold_key, .home = "/fake/home"});
}

// The one profile of a text that holds its keys.
Profile profile_of(const std::string& keys) {
  const Result<Config> config = parsed("[profiles.p]\n" + keys);
  REQUIRE(config.has_value());
  REQUIRE(config->profiles.size() == 1);
  return config->profiles.front();
}

}  // namespace

TEST_CASE("credentials::parse_config: the example of the manual") {
  const Result<Config> config = parsed(R"(
profile = "dev"                                  # the default profile
[profiles.dev]
api_key_file = "/run/secrets/deepgram"
ttl = 60
[profiles.prod]
api_key_command = ["secret-tool", "lookup", "service", "deepgram"]
api_key_command_timeout = 20
region = "eu"
)");
  REQUIRE(config.has_value());
  CHECK(config->path == path);
  CHECK(config->default_profile == "dev");
  CHECK(config->default_profile_place == std::string(path) + ":2");
  REQUIRE(config->profiles.size() == 2);
  const Profile& dev = config->profiles[0];
  CHECK(dev.name == "dev");
  REQUIRE(dev.key.has_value());
  CHECK(std::get<KeyInFile>(*dev.key).path == "/run/secrets/deepgram");
  CHECK(dev.key_place == std::string(path) + ":4");
  CHECK(dev.ttl == *deepgram::Ttl::of(60s));
  CHECK(dev.base_url == std::nullopt);
  const Profile& prod = config->profiles[1];
  CHECK(prod.name == "prod");
  const auto& command = std::get<KeyFromCommand>(*prod.key);
  CHECK(command.argv == std::vector<std::string>{"secret-tool", "lookup", "service", "deepgram"});
  CHECK(command.timeout == 20s);
  CHECK(prod.key_place == std::string(path) + ":7");
  CHECK(prod.ttl == std::nullopt);
  CHECK(prod.base_url->text() == "https://api.eu.deepgram.com");
}

TEST_CASE("credentials::parse_config: a file without profiles is one") {
  for (const std::string_view text : {"", "# nothing\n", "[profiles]\n", "\r\n"}) {
    CAPTURE(text);
    const Result<Config> config = parsed(text);
    REQUIRE(config.has_value());
    CHECK(config->profiles.empty());
    CHECK(config->default_profile.empty());
  }
  const Result<Config> config = parsed("[profiles.empty]\n");
  REQUIRE(config.has_value());
  CHECK(config->profiles.size() == 1);
  CHECK_FALSE(config->profiles[0].key.has_value());
}

TEST_CASE("credentials::parse_config reads every key of a profile") {
  CHECK(std::get<KeyInConfig>(*profile_of("api_key = \"fake-key\"").key).key.reveal() == "fake-key");
  CHECK(std::get<KeyInFile>(*profile_of("api_key_file = '/abs/key'").key).path == "/abs/key");
  // A relative path counts from the file, promise 7.
  CHECK(std::get<KeyInFile>(*profile_of("api_key_file = \"key\"").key).path == "/fake/folder/key");
  CHECK(std::get<KeyInFile>(*profile_of("api_key_file = \"sub/key\"").key).path == "/fake/folder/sub/key");
  const Profile with_command = profile_of("api_key_command = [\"pass\"]");
  CHECK(std::get<KeyFromCommand>(*with_command.key).argv == std::vector<std::string>{"pass"});
  CHECK(std::get<KeyFromCommand>(*with_command.key).timeout == 10s);
  CHECK(profile_of("ttl = 1").ttl == *deepgram::Ttl::of(1s));
  CHECK(profile_of("ttl = \"5m\"").ttl == *deepgram::Ttl::of(300s));
  CHECK(profile_of("ttl = \"1h\"").ttl == *deepgram::Ttl::of(3600s));
  CHECK(profile_of("base_url = \"https://proxy.example/dg/\"").base_url->text() == "https://proxy.example/dg");
  CHECK(profile_of("base_url = \"http://localhost:8080\"").base_url->text() == "http://localhost:8080");
  CHECK(profile_of("region = \"global\"").base_url == deepgram::BaseUrl());
}

TEST_CASE("credentials::parse_config: a program with a slash counts from the file's directory, promise 7") {
  struct Row {
    std::string_view written, meant;
  };
  for (const Row& row :
       {Row{"./getkey", "/fake/folder/./getkey"}, Row{"bin/getkey", "/fake/folder/bin/getkey"},
        Row{"../getkey", "/fake/folder/../getkey"}, Row{"/bin/getkey", "/bin/getkey"}, Row{"getkey", "getkey"}}) {
    const Profile profile = profile_of(fmt::format("api_key_command = [\"{}\", \"./x\"]", row.written));
    CHECK(std::get<KeyFromCommand>(*profile.key).argv == std::vector<std::string>{std::string(row.meant), "./x"});
  }
}

TEST_CASE("credentials::parse_config leaves no copy of a key behind, promise 26") {
  constexpr std::string_view word = "fake0key0of0no0account0for0unit0tests0ab";
  for (const std::string_view form : {"[profiles.p]\napi_key = \"{}\"\n", "[profiles.p]\r\n\tapi_key='{}' # \"\r\n",
                                      "profiles.p.\"api_key\" = \"{}\"", "profiles.p.api_key   =   '{}'\n"}) {
    CAPTURE(form);
    const std::string text = cases::replaced(std::string(form), "{}", word);
    const support::HeapWatch watch(word);
    const Result<Config> config = parsed(text);
    REQUIRE(config.has_value());
    CHECK(std::get<KeyInConfig>(*config->profiles.at(0).key).key.reveal() == word);
    CHECK(watch.blocks_with_word() == 0);
  }
}

TEST_CASE("credentials::parse_config: a key is what the file says, however it is written") {
  struct Row {
    std::string_view text, key;
  };
  for (const Row& row : {Row{"[profiles.p]\napi_key = \"fake\\u002Dkey\"\n", "fake-key"},
                         Row{"profiles = {p = {api_key = \"fake-key\"}}", "fake-key"},
                         Row{"[profiles.p]\napi_key = \"\"\"fake-key\"\"\"\n", "fake-key"},
                         Row{"[profiles.p]\napi_key = 'fake\"key'\n", "fake\"key"},
                         Row{"[profiles.\"\xC3\xA4\"]\n\"api_key\" = \"fake-key\"\n", "fake-key"},
                         Row{"profiles.\"\xC3\xA4\".api_key = \"fake-key\"\n", "fake-key"},
                         Row{"\xEF\xBB\xBFprofiles.p.api_key = \"fake-key\"\n", "fake-key"},
                         Row{"\r\n# api_key = \"x\"\n\n[profiles.p]\r\napi_key = \"fake-key\"", "fake-key"},
                         Row{"[profiles.p]\napi_key = \"fake key\"\n", "fake key"}}) {
    CAPTURE(row.text);
    const Result<Config> config = parsed(row.text);
    REQUIRE(config.has_value());
    CHECK(std::get<KeyInConfig>(*config->profiles.at(0).key).key.reveal() == row.key);
  }
  // What only looks like one is left alone.
  const Profile profile = profile_of("api_key_command = [\"sh\", \"-c\", \"\"\"\napi_key = 'abc'\n\"\"\"]\n");
  CHECK(std::get<KeyFromCommand>(*profile.key).argv.back() == "api_key = 'abc'\n");
}

TEST_CASE("credentials::parse_config: the order of the keys does not matter") {
  const Profile profile = profile_of("api_key_command_timeout = \"1m\"\nttl = 60\napi_key_command = [\"pass\"]");
  CHECK(std::get<KeyFromCommand>(*profile.key).timeout == 60s);
}

TEST_CASE("credentials::parse_config: profiles may have any name, also as inline tables and dotted keys") {
  const Result<Config> config =
      parsed("[profiles.\"two words\"]\n[profiles.a-b_1]\n[profiles]\nin = { ttl = 5 }\ndotted.ttl = 6\n");
  REQUIRE(config.has_value());
  std::vector<std::string> names;
  for (const Profile& profile : config->profiles) {
    names.push_back(profile.name);
  }
  std::ranges::sort(names);
  CHECK(names == std::vector<std::string>{"a-b_1", "dotted", "in", "two words"});
}

TEST_CASE("credentials::parse_config: every mistake is config, with file and line, in our words") {
  struct Row {
    std::string_view what, text;
    int line;
  };
  constexpr Row rows[] = {
      {"an unknown key at the top", "profle = \"dev\"", 1},
      {"a key of a profile at the top", "\nttl = 60", 2},
      {"an unknown table", "[profile.dev]\nttl = 60", 1},
      {"an unknown table of tables", "[[profiles]]\nttl = 60", 1},
      {"profiles is no table", "profiles = 1", 1},
      {"profile is no text", "profile = 1", 1},
      {"profile is empty", "profile = \"\"", 1},
      {"profile is a table", "[profile]\nname = \"dev\"", 1},
      {"a profile is no table", "[profiles]\ndev = \"x\"", 2},
      {"a profile is a list", "[profiles]\ndev = []", 2},
      {"an unknown key of a profile", "[profiles.p]\nttl = 60\napikey = \"x\"", 3},
      {"a key in the wrong case", "[profiles.p]\nTTL = 60", 2},
      {"a table in a profile", "[profiles.p]\nttl = 60\n[profiles.p.more]\nx = 1", 3},
      {"api_key without quotes", "[profiles.p]\napi_key = 1234567890", 2},
      {"api_key is a list", "[profiles.p]\napi_key = [\"x\"]", 2},
      {"api_key is empty", "[profiles.p]\napi_key = \"\"", 2},
      {"api_key_file is a number", "[profiles.p]\napi_key_file = 1", 2},
      {"api_key_file is empty", "[profiles.p]\napi_key_file = \"\"", 2},
      {"api_key_command is a text", "[profiles.p]\napi_key_command = \"pass show key\"", 2},
      {"api_key_command is empty", "[profiles.p]\napi_key_command = []", 2},
      {"api_key_command has a number", "[profiles.p]\napi_key_command = [\"pass\", 1]", 2},
      {"api_key_command names nothing", "[profiles.p]\napi_key_command = [\"\"]", 2},
      {"api_key_command is nested", "[profiles.p]\napi_key_command = [[\"pass\"]]", 2},
      {"api_key_command has a NUL", "[profiles.p]\napi_key_command = [\"pass\", \"a\\u0000b\"]", 2},
      {"a time limit without command", "[profiles.p]\napi_key = \"x\"\napi_key_command_timeout = 5", 3},
      {"a time limit alone", "[profiles.p]\napi_key_command_timeout = 5", 2},
      {"a time limit of zero", "[profiles.p]\napi_key_command = [\"x\"]\napi_key_command_timeout = 0", 3},
      {"a time limit that is negative", "[profiles.p]\napi_key_command = [\"x\"]\napi_key_command_timeout = -5", 3},
      {"a time limit with a fraction", "[profiles.p]\napi_key_command = [\"x\"]\napi_key_command_timeout = 1.5", 3},
      {"ttl is zero", "[profiles.p]\nttl = 0", 2},
      {"ttl is too long", "[profiles.p]\nttl = 3601", 2},
      {"ttl is too long in words", "[profiles.p]\nttl = \"2h\"", 2},
      {"ttl is negative", "[profiles.p]\nttl = -1", 2},
      {"ttl is huge", "[profiles.p]\nttl = 9223372036854775807", 2},
      {"ttl is a fraction", "[profiles.p]\nttl = 60.0", 2},
      {"ttl is true", "[profiles.p]\nttl = true", 2},
      {"ttl has a leading zero", "[profiles.p]\nttl = \"060\"", 2},
      {"ttl is no duration", "[profiles.p]\nttl = \"soon\"", 2},
      {"ttl is a date", "[profiles.p]\nttl = 2026-03-01", 2},
      {"region is unknown", "[profiles.p]\nregion = \"us\"", 2},
      {"region is a number", "[profiles.p]\nregion = 1", 2},
      {"base_url is http", "[profiles.p]\nbase_url = \"http://api.deepgram.com\"", 2},
      {"base_url has a user", "[profiles.p]\nbase_url = \"https://u:p@h.example\"", 2},
      {"base_url is empty", "[profiles.p]\nbase_url = \"\"", 2},
      {"base_url is no text", "[profiles.p]\nbase_url = {}", 2},
      {"two keys", "[profiles.p]\napi_key = \"x\"\napi_key_file = \"y\"", 3},
      {"a key and a command", "[profiles.p]\napi_key_file = \"y\"\napi_key_command = [\"z\"]", 3},
      {"a region and a base URL", "[profiles.p]\nregion = \"eu\"\nbase_url = \"https://h.example\"", 3},
      {"syntax: no value", "profile =\n", 1},
      {"syntax: no quotes", "profile = dev\n", 1},
      {"syntax: no quotes, and a letter of Latin-1", "profile = \xC3\xBC\n", 1},
      {"syntax: a Cyrillic letter in a key", "\nprof\xD0\xB8le = \"dev\"\n", 2},
      {"syntax: an open quote", "\n\nprofile = \"dev\n", 3},
      {"syntax: a key twice", "profile = \"a\"\nprofile = \"b\"", 2},
      {"syntax: a table twice", "[profiles.p]\n[profiles.p]\n", 2},
      {"syntax: no TOML at all", "{\"profile\": \"dev\"}", 1},
      {"syntax: invalid UTF-8", "# ok\nprofile = \"\xFF\"", 2},
  };
  for (const Row& row : rows) {
    CAPTURE(row.what);
    const Result<Config> config = parsed(row.text);
    REQUIRE_FALSE(config.has_value());
    CHECK(config.error().kind == ErrorKind::config);
    CAPTURE(config.error().message);
    CHECK(config.error().message.starts_with(fmt::format("{}:{}:", path, row.line)));
    CHECK(config.error().message.find('\n') == std::string::npos);
    CHECK_FALSE(config.error().message.ends_with('.'));
  }
}

TEST_CASE("credentials::parse_config repeats no value, promise 19") {
  constexpr std::string_view key = "4815162342481516234248151623424815162342";
  const std::string rows[] = {
      fmt::format("[profiles.p]\napi_key = {}\n", key),
      fmt::format("[profiles.p]\napi_key = {}abcdef\n", key),
      fmt::format("[profiles.p]\napi_key = \"{}\n", key),
      fmt::format("[profiles.p]\napi_key = '{}\"\n", key),
      fmt::format("api_key = \"{}\"\n", key),
      fmt::format("{}\n", key),
      fmt::format("{} = 1\n", key),
      fmt::format("[{}]\n", key),
      fmt::format("[{0}]\n[{0}]\n", key),
      fmt::format("[profiles.p]\n{} = 1\n", key),
      fmt::format("[profiles.p]\nttl = \"{}\"\n", key),
      fmt::format("[profiles.p]\nregion = \"{}\"\n", key),
      fmt::format("[profiles.p]\nbase_url = \"{}\"\n", key),
      fmt::format("[profiles.p]\nbase_url = \"http://{}.example\"\n", key),
      fmt::format("[profiles.p]\napi_key_command = \"{}\"\n", key),
      fmt::format("[profiles.p]\napi_key = \"a\"\napi_key = \"{}\"\n", key),
      fmt::format("[profiles.p]\napi_key = \"{}\"\napi_key_file = \"x\"\n", key),
      fmt::format("[profiles.p]\napi_key = [\"{}\"]\n", key),
      fmt::format("[profiles.p]\napi_key = {{ key = \"{}\" }}\n", key),
      fmt::format("[profiles.p]\napi_key = \"\\x{}\"\n", key),
      fmt::format("[profiles.\"{}\"]\nttl = 0\n", key),
  };
  for (const std::string& text : rows) {
    CAPTURE(text);
    const Result<Config> config = parsed(text);
    REQUIRE_FALSE(config.has_value());
    const std::string shown = config.error().message + config.error().hint;
    CHECK(shown.find(key.substr(0, 8)) == std::string::npos);
    CHECK(shown.find(key.substr(key.size() - 8)) == std::string::npos);
  }
}

TEST_CASE("credentials::parse_config refuses a key in a file that others can read, promise 6") {
  const Result<Config> config = parsed("[profiles.p]\napi_key = \"fake-key\"\n", false);
  REQUIRE_FALSE(config.has_value());
  CHECK(config.error().kind == ErrorKind::config);
  CHECK(config.error().message.starts_with(std::string(path) + ":2:"));
  CHECK((config.error().message + config.error().hint).find("fake-key") == std::string::npos);
  // What holds no key may be read by anybody.
  CHECK(parsed("[profiles.p]\napi_key_file = \"key\"\nttl = 60\n", false).has_value());
  CHECK(parsed("[profiles.p]\napi_key_command = [\"pass\"]\n", false).has_value());
}

TEST_CASE("credentials::parse_config suggests the key that was meant") {
  CHECK(parsed("profle = \"dev\"").error().hint.find("profile") != std::string::npos);
  CHECK(parsed("[profiles.p]\napi_key_fil = \"x\"").error().hint.find("api_key_file") != std::string::npos);
  CHECK(parsed("[profiles.p]\nregoin = \"eu\"").error().hint.find("region") != std::string::npos);
}

TEST_CASE("credentials::parse_config survives any bytes, promise 27") {
  for (const std::string& text : {std::string("\0", 1), std::string("profile = \"a\"\0", 14), std::string(200, '['),
                                  std::string(2000, '{'), "a = " + std::string(200, '['), std::string("\xEF\xBB\xBF"),
                                  std::string(100'000, 'a'), std::string(100'000, '\n') + "x"}) {
    static_cast<void>(parsed(text));
  }
}

}  // namespace dgauth::credentials
