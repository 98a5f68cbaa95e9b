// SPDX-License-Identifier: MIT
#include "cli/parser.hpp"

#include "support/command_stage.hpp"

namespace dgauth::cli {
namespace {

using Words = std::vector<std::string>;

// What the options of every command become.
options::GlobalOptions parsed(const Words& words) { return parse(words).value().global; }

}  // namespace

TEST_CASE("cli::parse: argv to the options of every command, compared whole") {
  using namespace std::chrono_literals;
  CHECK(parsed({"grant"}) == options::GlobalOptions{});
  options::GlobalOptions all;
  all.config = "c.toml";
  all.profile = "p";
  all.base_url = *deepgram::BaseUrl::parse("https://proxy.example/dg");
  all.api_key_file = "-";
  all.output = "json";
  all.json = true;
  all.quiet = true;
  all.verbose = true;
  all.timeout = 300s;
  all.connect_timeout = 7s;
  all.retries = 0;
  all.cacert = "ca.pem";
  all.dry_run = true;
  all.no_color = true;
  const Words long_form = {"--config",
                           "c.toml",
                           "--profile",
                           "p",
                           "--base-url",
                           "https://proxy.example/dg/",
                           "--api-key-file",
                           "-",
                           "--output",
                           "json",
                           "--json",
                           "--quiet",
                           "--verbose",
                           "--timeout",
                           "5m",
                           "--connect-timeout",
                           "7",
                           "--retries",
                           "0",
                           "--cacert",
                           "ca.pem",
                           "--dry-run",
                           "--no-color"};
  const Words short_form = {"-c",
                            "c.toml",
                            "-pp",
                            "--base-url=https://proxy.example/dg",
                            "--api-key-file=-",
                            "-o",
                            "json",
                            "--json",
                            "-qv",
                            "--timeout=5m",
                            "--connect-timeout=7s",
                            "--retries=0",
                            "--cacert=ca.pem",
                            "--dry-run",
                            "--no-color"};
  for (const Words& options : {long_form, short_form}) {
    Words before = options;
    before.emplace_back("grant");
    CHECK(parsed(before) == all);
    Words after = {"header"};
    after.insert(after.end(), options.begin(), options.end());
    CHECK(parsed(after) == all);
  }
  options::GlobalOptions region;
  region.base_url = deepgram::BaseUrl::of_region("au");
  CHECK(parsed({"grant", "--region", "au"}) == region);
}

TEST_CASE("cli::parse: the command that was named, with its own options") {
  const Result<CommandLine> line = parse({"-q", "grant", "--ttl", "60"});
  REQUIRE(line.has_value());
  REQUIRE(line->command != nullptr);
  CHECK(line->command->name == "grant");
  CHECK(static_cast<bool>(line->run));
  const Result<CommandLine> without = parse({"-q"});
  REQUIRE(without.has_value());
  CHECK(without->command == nullptr);
}

TEST_CASE("cli::parse: a repeatable option takes one word, and an argument what is left") {
  for (const Words& words : {Words{"transcribe-url", "--param", "a=b", "https://u.example/", "--tag", "t"},
                             Words{"check", "--probe", "listen", "--expect", "listen", "--expect", "listen"},
                             Words{"cache", "clear"}, Words{"transcribe-file", "--", "--json", "-q"}}) {
    CAPTURE(words);
    CHECK(parse(words).has_value());
  }
  const Result<CommandLine> two_words = parse({"check", "--probe", "listen", "speak"});
  REQUIRE_FALSE(two_words.has_value());
  CHECK(two_words.error().message == "unexpected argument 'speak'");
}

TEST_CASE("cli::parse: of an option given twice the last wins, before or after the command") {
  using namespace std::chrono_literals;
  CHECK(parsed({"--timeout", "5", "grant", "--timeout", "6"}).timeout == 6s);
  CHECK(parsed({"grant", "--timeout", "5", "--timeout=6"}).timeout == 6s);
  CHECK(parse({"grant", "--timeout", "bad", "--timeout=6"}).error().kind == ErrorKind::usage);
  CHECK(parsed({"grant", "-c", "a", "--config", "b", "-qq", "--quiet"}).config == "b");
  CHECK(parsed({"-o", "json", "grant", "-otoken"}).output == "token");
  CHECK(parsed({"--region", "eu", "grant", "--region", "au"}).base_url == deepgram::BaseUrl::of_region("au"));
  CHECK(parse({"grant", "--strict-ttl", "--ttl", "1", "--ttl", "2", "--strict-ttl"}).has_value());
  CHECK(parse({"grant", "--ttl", "60", "--ttl", "0"}).error().kind == ErrorKind::usage);
}

TEST_CASE("cli::parse: what is wrong with a line") {
  struct Row {
    Words words;
    std::string_view message;
  };
  const Row rows[] = {
      {{"grant", "--ttl"}, "--ttl needs a value"},
      {{"grant", "--ttl", "--strict-ttl"}, "--ttl needs a value"},
      {{"grant", "--ttl", ""}, "--ttl is empty"},
      {{"grant", "--out", ""}, "--out is empty"},
      {{"check", "--probe", ""}, "--probe is empty"},
      {{"cache", ""}, "action is empty"},
      {{"completion", "tcsh"}, "shell must be bash, zsh or fish"},
      {{"grant", "--json=3"}, "--json takes no value"},
      {{"grant", "--json=x"}, "--json takes no value"},
      {{"grant", "--cache", "--no-cache"}, "--cache cannot be used with --no-cache"},
      {{"--region", "eu", "--base-url", "https://a.example"}, "--base-url cannot be used with --region"},
      {{"grant", "--unknown", "--ttl", "0"}, "--ttl must be 1 to 3600 seconds, for example 60, 60s, 5m or 1h"},
      {{"cache", "show"}, "action 'show' is unknown: the only action is clear"},
      {{"cache", "Fake0Secret"}, "action is unknown: the only action is clear"},
      {{"grant", "--unknown=x"}, "unknown option --unknown"},
      {{"grant", "\u2014ttl", "60"}, "an argument begins with a long dash (\u2014)"},
      {{"\u2013version"}, "an argument begins with a long dash (\u2013)"},
      {{"transcribe-file", "\u2212model", "x"}, "an argument begins with a minus sign (\u2212)"},
      {{"grant", "stray"}, "unexpected argument 'stray'"},
      {{"grnat"}, "unknown command 'grnat'"},
      {{"header", "--var", "X"}, "unknown option --var"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.words);
    const Result<CommandLine> line = parse(row.words);
    REQUIRE_FALSE(line.has_value());
    CHECK(line.error().kind == ErrorKind::usage);
    CHECK(line.error().message == row.message);
  }
}

TEST_CASE("cli::parse: what to do about an argument too many") {
  struct Row {
    Words words;
    std::string_view hint;
  };
  const Row rows[] = {
      {{"grant", "\u2014ttl", "60"}, "type - or -- instead: web pages and word processors replace them"},
      {{"grant", "60"}, "for a lifetime, use --ttl 60s"},
      {{"header", "5m"}, "for a lifetime, use --ttl 5m"},
      {{"grant", "--", "60"}, "for a lifetime, use --ttl 60s"},
      {{"grant", "2h"}, "see 'dgauth grant --help'"},
      {{"check", "60"}, "see 'dgauth check --help'"},
      {{"transcribe-file", "\u2014x.wav"},
       "type - or -- instead: web pages and word processors replace them; if it is a name, write -- before it"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.words);
    const Result<CommandLine> line = parse(row.words);
    REQUIRE_FALSE(line.has_value());
    CHECK(line.error().hint == row.hint);
  }
}

}  // namespace dgauth::cli
