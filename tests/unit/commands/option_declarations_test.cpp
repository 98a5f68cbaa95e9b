// SPDX-License-Identifier: MIT
#include <algorithm>

#include "commands/check.hpp"
#include "commands/pages.hpp"
#include "support/command_stage.hpp"
#include "support/parsed_options.hpp"
#include "support/probe_printing.hpp"

// argv becomes an options struct, compared whole.
namespace dgauth::commands {

inline doctest::String toString(const CheckOptions& options) {
  return support::braced("Check", options.auth, options.probes, options.expect, options.expect_not,
                         options.allow_unknown, options.no_mint, options.report);
}

namespace {

using namespace std::chrono_literals;
using Words = std::vector<std::string>;

// What a value is refused with; nullopt if it is not.
template <typename Options>
std::optional<Error> refusal(options::Declaration (*declare)(Options&), const Words& words) {
  const Result<Options> options = support::parsed_options(declare, words);
  return options ? std::nullopt : std::optional(options.error());
}

options::MintOptions with_ttl(std::chrono::seconds seconds, bool is_strict = false) {
  options::MintOptions options;
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
  options::MintOptions strict;
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
    CHECK(support::parsed_options(declare_grant, row.words) == row.options);
  }
}

TEST_CASE("commands::declare_header: argv to options") {
  struct Row {
    Words words;
    HeaderOptions options;
  };
  const Row rows[] = {
      {{}, {}},
      {{"--auth", "grant"}, {.auth = options::Auth::grant, .mint = {}, .out = {}}},
      {{"--auth", "key"}, {.auth = options::Auth::key, .mint = {}, .out = {}}},
      {{"--auth=token"}, {.auth = options::Auth::token, .mint = {}, .out = {}}},
      {{"--ttl", "60", "--strict-ttl", "--out", "f"},
       {.auth = options::Auth::grant, .mint = with_ttl(60s, true), .out = "f"}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.words);
    CHECK(support::parsed_options(declare_header, row.words) == row.options);
  }
}

TEST_CASE("commands: a bad value is usage, blamed on its option and not repeated") {
  for (const std::string value : {"060", "0x3c", "1e2", "３０", "3601", "0", "-1", "+60", "60 ", "1.5", "2h", "soon"}) {
    CAPTURE(value);
    for (const std::optional<Error>& error :
         {refusal(declare_grant, {"--ttl=" + value}), refusal(declare_header, {"--ttl=" + value})}) {
      REQUIRE(error.has_value());
      CHECK(error->kind == ErrorKind::usage);
      CHECK(error->message.starts_with("--ttl "));
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

TEST_CASE("commands::all_commands: what there is, and -o of each, the first being the default") {
  std::vector<std::vector<std::string_view>> formats;
  for (const Command& command : all_commands()) {
    std::vector<std::string_view>& names = formats.emplace_back();
    names.push_back(command.name);
    for (const options::Word& format : command.formats) {
      names.push_back(format.name);
    }
  }
  CHECK(formats == std::vector<std::vector<std::string_view>>{
                       {"grant", "token", "json", "header", "export", "fish", "dotenv", "curl", "github"},
                       {"header", "header", "value", "curl", "ws", "ws-value", "json"},
                       {"transcribe-url", "text", "json", "srt", "vtt"},
                       {"transcribe-file", "text", "json", "srt", "vtt"},
                       {"check", "text", "json", "junit", "tap", "github"},
                       {"config", "text", "json"},
                       {"cache", "text"},
                       {"completion", "text"},
                   });
}

TEST_CASE("commands: every declaration can be told: names, short descriptions, whole sentences, words with meanings") {
  const auto is_whole = [](std::string_view text) {
    return !text.empty() && text.ends_with('.') && std::ranges::count(text, '`') % 2 == 0;
  };
  options::GlobalOptions global;
  std::vector<options::Declaration> declarations = {options::declare_global_options(global)};
  for (const Command& command : all_commands()) {
    CAPTURE(command.name);
    CHECK_FALSE(command.summary.empty());
    CHECK(is_whole(command.page.about));
    CHECK(command.page.examples.size() == 3);
    CHECK(std::ranges::none_of(command.formats, [](const auto& format) { return format.meaning.empty(); }));
    CHECK(command.page.statuses.front().status == ExitStatus::ok);
    CHECK(std::ranges::is_sorted(command.page.statuses, {}, &StatusMeaning::status));
    for (const std::string_view variable : command.page.variables) {
      CHECK((std::ranges::find(environment_variables(), variable, &options::Word::name) !=
             environment_variables().end()));
    }
    declarations.push_back(command.prepare().declaration);
  }
  for (const options::Declaration& declaration : declarations) {
    for (const options::Option& option : declaration.options) {
      CAPTURE(option.names);
      CHECK((!options::long_name(option).empty()));
      CHECK((!option.description.empty() && option.description.size() <= 56));
      CHECK(is_whole(option.details));
      CHECK(static_cast<bool>(option.set));
      // There is no option that takes a secret, promise 1.
      for (const std::string_view name : {"--api-key", "--apikey", "--token", "--key"}) {
        CHECK_FALSE(options::is_named(option, name));
      }
      const bool needs_words = option.hint.kind >= options::ValueKind::word;
      CHECK(needs_words == !option.hint.words.empty());
    }
  }
}

TEST_CASE("commands::declare_check: argv to options") {
  using enum deepgram::ProbeId;
  struct Row {
    Words words;
    CheckOptions options;
  };
  const Row rows[] = {
      {{}, {}},
      {{"--auth", "grant"}, {.auth = options::Auth::grant}},
      {{"--probe", "manage,listen", "--probe=speak-ws"}, {.probes = {manage, listen, speak_ws}}},
      {{"--expect=grant,listen", "--expect-not", "manage", "--allow-unknown"},
       {.expect = {grant, listen}, .expect_not = {manage}, .allow_unknown = true}},
      {{"--no-mint", "--report", "r.xml"}, {.no_mint = true, .report = "r.xml"}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.words);
    CHECK(support::parsed_options(declare_check, row.words) == row.options);
  }
  for (const std::string option : {"--probe", "--expect", "--expect-not"}) {
    CAPTURE(option);
    const std::optional<Error> error = refusal(declare_check, {option, "listen,nope"});
    REQUIRE(error.has_value());
    CHECK(error->kind == ErrorKind::usage);
    CHECK(error->message.ends_with("has a name that is not a probe"));
  }
}

}  // namespace dgauth::commands
