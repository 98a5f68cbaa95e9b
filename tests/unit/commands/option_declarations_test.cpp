// SPDX-License-Identifier: MIT
#include <CLI/CLI.hpp>

#include "options/option_binding.hpp"
#include "support/command_stage.hpp"

// argv becomes an options struct, compared whole.
namespace dgauth::commands {
namespace {

using namespace std::chrono_literals;
using Words = std::vector<std::string>;

template <typename Options>
Options parsed(void (*declare)(CLI::App&, Options&), const Words& words) {
  CLI::App app;
  Options options;
  declare(app, options);
  app.parse(Words(words.rbegin(), words.rend()));  // CLI11 reads from the back
  return options;
}

// What a value is refused with; nothing if it is not.
template <typename Options>
std::optional<Error> refusal(void (*declare)(CLI::App&, Options&), const Words& words) {
  try {
    parsed(declare, words);
  } catch (const options::BadOption& bad) {
    return bad.error;
  }
  return std::nullopt;
}

session::MintOptions with_ttl(std::chrono::seconds seconds, bool is_strict = false) {
  session::MintOptions options;
  options.ttl = *deepgram::Ttl::of(seconds);
  options.strict_ttl = is_strict;
  return options;
}

}  // namespace

TEST_CASE("commands::declare_grant: argv to options") {
  struct Row {
    Words words;
    GrantOptions options;
  };
  session::MintOptions strict;
  strict.strict_ttl = true;
  const Row rows[] = {
      {{}, {}},
      {{"--ttl", "60"}, {.mint = with_ttl(60s), .variable = {}, .out = {}}},
      {{"--ttl=5m"}, {.mint = with_ttl(300s), .variable = {}, .out = {}}},
      {{"--ttl", "1h", "--strict-ttl"}, {.mint = with_ttl(3600s, true), .variable = {}, .out = {}}},
      {{"--strict-ttl"}, {.mint = strict, .variable = {}, .out = {}}},
      {{"--var", "MY_TOKEN"}, {.mint = {}, .variable = "MY_TOKEN", .out = {}}},
      {{"--out", "a file"}, {.mint = {}, .variable = {}, .out = "a file"}},
      {{"--out", "-"}, {.mint = {}, .variable = {}, .out = "-"}},
      {{"--out=f", "--var=_T1", "--ttl=1s", "--strict-ttl"},
       {.mint = with_ttl(1s, true), .variable = "_T1", .out = "f"}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.words);
    CHECK(parsed(declare_grant, row.words) == row.options);
  }
}

TEST_CASE("commands::declare_header: argv to options") {
  struct Row {
    Words words;
    HeaderOptions options;
  };
  const Row rows[] = {
      {{}, {}},
      {{"--auth", "grant"}, {.auth = session::Auth::grant, .mint = {}, .out = {}}},
      {{"--auth", "key"}, {.auth = session::Auth::key, .mint = {}, .out = {}}},
      {{"--auth=token"}, {.auth = session::Auth::token, .mint = {}, .out = {}}},
      {{"--ttl", "60", "--strict-ttl", "--out", "f"},
       {.auth = session::Auth::grant, .mint = with_ttl(60s, true), .out = "f"}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.words);
    CHECK(parsed(declare_header, row.words) == row.options);
  }
}

TEST_CASE("commands: a bad value is usage, blamed on its option and not repeated") {
  for (const std::string value : {"060", "0x3c", "1e2", "３０", "3601", "0", "-1", "+60", "60 ", "1.5", "2h", "soon"}) {
    CAPTURE(value);
    for (const std::optional<Error>& error :
         {refusal(declare_grant, {"--ttl=" + value}), refusal(declare_header, {"--ttl=" + value})}) {
      REQUIRE(error.has_value());
      CHECK(error->kind == ErrorKind::usage);
      CHECK(error->message.starts_with("--ttl is "));
      if (value.size() > 2) {  // shorter ones stand in any sentence
        CHECK(error->message.find(value) == std::string::npos);
      }
    }
  }
  for (const std::string value : {"1A", "A-B", "A B", "PATH", "LD_PRELOAD", "GITHUB_ENV", "é"}) {
    CAPTURE(value);
    const std::optional<Error> error = refusal(declare_grant, {"--var", value});
    REQUIRE(error.has_value());
    CHECK(error->kind == ErrorKind::usage);
    CHECK(error->message.starts_with("--var "));
  }
  for (const std::string value : {"Key", "bearer", "nobody", "fake-key-in-the-wrong-place"}) {
    CAPTURE(value);
    const std::optional<Error> error = refusal(declare_header, {"--auth", value});
    REQUIRE(error.has_value());
    CHECK(error->kind == ErrorKind::usage);
    CHECK(error->message.starts_with("--auth "));
    CHECK(error->message.find(value) == std::string::npos);
  }
}

TEST_CASE("commands: no option of theirs may be given twice or without a value") {
  for (const Words& words : {Words{"--ttl", "60", "--ttl", "60"}, Words{"--var", "A", "--var", "B"},
                             Words{"--out", "a", "--out", "b"}, Words{"--strict-ttl", "--strict-ttl"}, Words{"--ttl"},
                             Words{"--out"}, Words{"--var"}, Words{"stray"}, Words{"--unknown"}}) {
    CAPTURE(words);
    CHECK_THROWS_AS(parsed(declare_grant, words), CLI::ParseError);
  }
}

TEST_CASE("commands: -o of each command, the first being the default") {
  std::vector<std::vector<std::string_view>> formats;
  for (const Command& command : {grant_command(), header_command()}) {
    formats.emplace_back(command.formats.begin(), command.formats.end());
  }
  CHECK(formats == std::vector<std::vector<std::string_view>>{
                       {"token", "json", "header", "export", "fish", "dotenv", "curl", "github"},
                       {"header", "value", "curl", "ws", "ws-value", "json"},
                   });
}

}  // namespace dgauth::commands
