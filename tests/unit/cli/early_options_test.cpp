// SPDX-License-Identifier: MIT
#include "cli/early_options.hpp"

#include "support/printing.hpp"

namespace dgauth::cli {
namespace {

using Words = std::vector<std::string>;

constexpr std::string_view secret = "fake-key-on-the-command-line";

}  // namespace

TEST_CASE("cli::find_early_options lets an ordinary command line through") {
  for (const Words& words :
       {Words{}, Words{"grant"}, Words{"grant", "--ttl", "60"}, Words{"grant", "--ttl=60"},
        Words{"--api-key-file", "f", "header"}, Words{"--api-key-file=f"}, Words{"grant", "--ttl", ""},
        Words{"--", "--api-key=x"}, Words{"-o", "json"}, Words{"--var=A=B"}, Words{"="}, Words{"-="}}) {
    CAPTURE(words);
    const Result<EarlyOptions> early = find_early_options(words);
    REQUIRE(early.has_value());
    CHECK_FALSE(early->wants_help);
    CHECK_FALSE(early->wants_version);
  }
}

TEST_CASE("cli::find_early_options: help and version, whatever else is wrong") {
  struct Row {
    Words words;
    bool wants_help, wants_version;
    std::string_view command;
    bool is_long = true;
    std::string_view topic{};
  };
  const Row rows[] = {
      {{"-h"}, true, false, "", false},
      {{"grant", "-vh"}, true, false, "grant", false},
      {{"grant", "-h", "--help"}, true, false, "grant"},
      {{"help", "options"}, true, false, "", true, "options"},
      {{"-p", "x", "help", "formats"}, true, false, "", true, "formats"},
      {{"help", "exit-status", "-h"}, true, false, "", false, "exit-status"},
      {{"help", "-h"}, true, false, "", false},
      {{"help", "-h", "--help"}, true, false, ""},
      {{"help", "grant", "-h"}, true, false, "grant", false},
      {{"help", "help"}, true, false, ""},
      {{"--help"}, true, false, ""},
      {{"-V"}, false, true, ""},
      {{"--version"}, false, true, ""},
      {{"grant", "--help"}, true, false, "grant"},
      {{"--help", "header"}, true, false, "header"},
      {{"help", "grant"}, true, false, "grant"},
      {{"help"}, true, false, ""},
      {{"grant", "--ttl", "bad", "--unknown", "-h"}, true, false, "grant", false},
      {{"--api-key", "x", "--help"}, true, false, ""},
      {{"--ttl=", "--version"}, false, true, ""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.words);
    const Result<EarlyOptions> early = find_early_options(row.words);
    REQUIRE(early.has_value());
    CHECK(early->wants_help == row.wants_help);
    CHECK(early->wants_version == row.wants_version);
    if (row.wants_help) {
      CHECK(early->command == row.command);
      CHECK(early->wants_long_help == row.is_long);
      CHECK(early->topic == row.topic);
    }
  }
}

TEST_CASE("cli::find_early_options: what stands behind -- is nobody's option") {
  const Words words = {"grant", "--", "--help", "--api-key=x", "--ttl="};
  const Result<EarlyOptions> early = find_early_options(words);
  REQUIRE(early.has_value());
  CHECK_FALSE(early->wants_help);
}

TEST_CASE("cli::find_early_options refuses an option that would take a secret, without a byte of it, promise 1") {
  for (const std::string name : {"--api-key", "--apikey", "--token", "--key"}) {
    for (const Words& words :
         {Words{"grant", name, std::string(secret)}, Words{"grant", name + "=" + std::string(secret)},
          Words{name, std::string(secret), "grant"}, Words{name + "=" + std::string(secret)}, Words{name},
          Words{name + "="}}) {
      CAPTURE(words);
      const Result<EarlyOptions> early = find_early_options(words);
      REQUIRE_FALSE(early.has_value());
      CHECK(early.error().kind == ErrorKind::usage);
      const std::string shown = early.error().message + early.error().hint;
      CHECK(shown.find(secret.substr(0, 4)) == std::string::npos);
      CHECK_FALSE(early.error().hint.empty());
    }
  }
}

TEST_CASE("cli::find_early_options: where a key goes instead, and where a token") {
  CHECK(find_early_options({"grant", "--api-key", "x"}).error().hint.starts_with("set DEEPGRAM_API_KEY"));
  CHECK(find_early_options({"check", "--token", "x"}).error().hint ==
        "set DEEPGRAM_ACCESS_TOKEN, and add --auth token");
}

TEST_CASE("cli::find_early_options refuses --name= with nothing after it, as from an empty variable") {
  for (const Words& words : {Words{"--base-url="}, Words{"grant", "--ttl=", "60"}, Words{"--config=", "grant"},
                             Words{"grant", "--unknown="}}) {
    CAPTURE(words);
    const Result<EarlyOptions> early = find_early_options(words);
    REQUIRE_FALSE(early.has_value());
    CHECK(early.error().kind == ErrorKind::usage);
  }
  CHECK(find_early_options({"--base-url=", "header"}).error().message.find("--base-url") != std::string::npos);
}

}  // namespace dgauth::cli
