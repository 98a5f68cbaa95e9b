// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include "credentials/config.hpp"
#include "support/printing.hpp"

namespace dgauth::credentials {
namespace {

constexpr const char* path = "/fake/folder/config.toml";

Result<Config> parsed(std::string_view text) {
  return parse_config(text, {.path = path, .may_hold_key = true, .home = "/fake/home"});
}

Profile profile_of(std::string_view settings) {
  return parsed(fmt::format("[profiles.p]\n{}", settings)).value().profiles.at(0);
}

}  // namespace

TEST_CASE("credentials::parse_config says what is wrong, and where") {
  struct Row {
    std::string_view text, message, hint;
  };
  constexpr std::string_view begin = "a profile begins with a line [profiles.NAME]";
  constexpr Row rows[] = {
      {"[profile.dev]\nttl = 60\n", "1: unknown table [profile.dev]", "did you mean [profiles.dev]?"},
      {"profile = \"dev\"\n[profile.dev]\nttl = 60\n", "2: unknown table [profile.dev]",
       "did you mean [profiles.dev]?"},
      {"profile = \"dev\"\n\n [ profile.dev ] # mine\nttl = 60\n", "3: unknown table [profile.dev]",
       "did you mean [profiles.dev]?"},
      {"[default]\nttl = 60\n", "1: unknown table [default]", "did you mean [profiles.default]?"},
      {"[profile]\nttl = 60\n", "1: unknown table [profile]", begin},
      {"[fake0key0fake0key0]\n", "1: unknown table", begin},
      {"\napi_key = \"fake0key0fake0key0\"\n", "2: api_key must be in a profile",
       "write [profiles.default] on a line above it"},
      {"api_key = \"fake0key0fake0key0\"\n[profiles.dev]\nttl = 60\n", "1: api_key must be in a profile",
       "move it below the line [profiles.NAME] of the profile it belongs to"},
      {"API_KEY = \"fake0key0fake0key0\"\n", "1: api_key must be in a profile",
       "write [profiles.default] on a line above it"},
      {"[profiles.p]\nprofile = \"dev\"\n", "2: profile cannot be in a profile",
       "profile belongs at the top of the file, above the first [profiles.NAME]"},
      {"[profiles.p]\nAPI_KEY = \"fake0key0fake0key0\"\n", "2: unknown setting API_KEY", "did you mean api_key?"},
      {"[profiles.p]\nregion = \"EU\"\n", "2: region must be global, eu, au or in", "did you mean \"eu\"?"},
      {"ttl = 60\n[profile dev]\n", "2: unknown table [profile dev]", "did you mean [profiles.dev]?"},
      {"[profiles dev]\n", "1: unknown table [profiles dev]", "did you mean [profiles.dev]?"},
      {"[profile \"dev\"]\n", "1: unknown table [profile \"dev\"]", "did you mean [profiles.dev]?"},
      {"[profile fake0key0fake0key0]\n", "1: unknown table", begin},
      {"[profiles.p]\nttl = 60\nttl = 60\n", "3:7: invalid TOML",
       "strings need quotes: api_key_file = \"/run/secrets/deepgram\"; each setting may appear only once"},
      {"apikey = \"x\"\n", "1: unknown setting apikey", "allowed here: profile, profiles"},
      {"profil = \"x\"\n", "1: unknown setting profil", "did you mean profile?"},
      {"fake0key0 = \"x\"\n", "1: unknown setting", "allowed here: profile, profiles"},
      {"[profiles.p]\napi_key_fle = \"x\"\n", "2: unknown setting api_key_fle", "did you mean api_key_file?"},
      {"[profiles.p]\napi_key_command_timeot = 1\n", "2: unknown setting api_key_command_timeot",
       "did you mean api_key_command_timeout?"},
      {"[profiles.p]\nttl = \"1 hour\"\n", "2: ttl is not a duration", "use seconds, like 60, or a string like \"5m\""},
      {"[profiles.p]\nregion = \"us\"\n", "2: region must be global, eu, au or in", ""},
      {"[profiles.p]\napi_key_file = 1\n", "2: api_key_file must be a string in quotes", "write api_key_file = \"…\""},
      {"[profiles.p]\napi_key_file = \"$CREDENTIALS_DIRECTORY/x\"\n",
       "2: api_key_file begins with $, which is not expanded here",
       "write the path in full; only ~/ at its beginning means the home directory"},
      {"[profiles.p]\napi_key_command = [\"~bob/key\"]\n",
       "2: api_key_command begins with ~, which is not expanded here",
       "write the path in full; only ~/ at its beginning means the home directory"},
      {"profile = dev\n", "1:11: invalid TOML",
       "strings need quotes: api_key_file = \"/run/secrets/deepgram\"; each setting may appear only once"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    const Result<Config> config = parsed(row.text);
    REQUIRE_FALSE(config.has_value());
    CHECK(config.error().message == fmt::format("{}:{}", path, row.message));
    CHECK(config.error().hint == row.hint);
  }
}

TEST_CASE("credentials::parse_config: ~/ at the beginning of a path is the home directory, and nothing else") {
  CHECK(std::get<KeyInFile>(*profile_of("api_key_file = \"~/dg.key\"").key).path == "/fake/home/dg.key");
  CHECK(std::get<KeyInFile>(*profile_of("api_key_file = \"./~/dg.key\"").key).path == "/fake/folder/./~/dg.key");
  const Profile profile = profile_of("api_key_command = [\"~/bin/key\", \"~/x\", \"$HOME\"]");
  CHECK(std::get<KeyFromCommand>(*profile.key).argv == std::vector<std::string>{"/fake/home/bin/key", "~/x", "$HOME"});
  const Result<Config> homeless =
      parse_config("[profiles.p]\napi_key_file = \"~/x\"\n", {.path = path, .may_hold_key = true});
  REQUIRE_FALSE(homeless.has_value());
  CHECK(homeless.error().message == fmt::format("{}:2: api_key_file begins with ~/, and HOME is not set", path));
}

}  // namespace dgauth::credentials
