// SPDX-License-Identifier: MIT
#include "cli/help_topics.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include <fmt/format.h>

#include "cli/help_layout.hpp"
#include "commands/pages.hpp"
#include "options/global_options.hpp"

namespace dgauth::cli {
namespace {

using options::Option;
using options::Word;

std::string options_topic() {
  options::GlobalOptions unused;
  std::vector<Entry> entries;
  const options::Declaration global = options::declare_global_options(unused);
  for (const Option& option : global.options) {
    entries.push_back({option_name(option), option.details});
  }
  return wrapped(
             "Every command takes these options; they can be given before or after the command. No option takes a "
             "secret as its value: other users could read it.",
             0) +
         heading("GLOBAL OPTIONS") + definitions(entries) + heading("VALUES") +
         wrapped(
             "A DURATION is a number of whole seconds, or a number with a unit: 60, 60s, 5m or 1h; from 1 second to 7 "
             "days. What follows `--` is not read as an option.\n\n"
             "If an option is given twice, the last value is used; options that may be repeated add up. Two options "
             "that contradict each other are an error: `--base-url` and `--region`, `--cache` and `--no-cache`, "
             "`--json` and another `-o`.",
             2);
}

std::string exit_status_topic() {
  return wrapped(
             "The exit status tells the cause of a failure; `dgauth COMMAND --help` has what it means for that "
             "command.",
             0) +
         heading("EXIT STATUS") + status_table(commands::program_page.statuses) + heading("RETRYING") +
         wrapped(
             "It is worth trying again later after 7 and 8, and after 6 if it was because of too many requests. The "
             "others need a change first. dgauth itself retries where that is safe: see `--retries`.\n\n"
             "When grant or header fails, nothing is written to standard output, so `token=$(dgauth grant) || exit` "
             "works as intended. After Ctrl-C dgauth is terminated by the signal, which a shell shows as 130.",
             2);
}

std::string environment_topic() {
  std::vector<Entry> entries;
  for (const Word& variable : commands::environment_variables()) {
    entries.push_back({std::string(variable.name), variable.details.empty() ? variable.meaning : variable.details});
  }
  return wrapped(
             "Environment variables that dgauth reads. An empty variable counts as not set. Options take precedence "
             "over them, and they take precedence over the configuration.",
             0) +
         heading("ENVIRONMENT") + table(entries);
}

std::string configuration_topic() {
  const auto settings = std::to_array<Entry>({
      {"api_key", "the API key; the file must have no permissions for group and others"},
      {"api_key_file", "file that contains the API key"},
      {"api_key_command", "program and arguments that print the API key; no shell is involved"},
      {"api_key_command_timeout", "time limit for that program (default 10 seconds)"},
      {"ttl", "default for --ttl"},
      {"cache", "true: same as --cache"},
      {"min_valid", "default for --min-valid"},
      {"region", "same as --region"},
      {"base_url", "same as --base-url"},
  });
  return wrapped(
             "dgauth works without a configuration: set `DEEPGRAM_API_KEY`, or use `--api-key-file`. A configuration "
             "keeps several keys or settings in profiles.",
             0) +
         heading("FILE") +
         wrapped(
             "`--config`, else `DGAUTH_CONFIG`, else `$XDG_CONFIG_HOME/dgauth/config.toml`, else "
             "`~/.config/dgauth/config.toml`. Nothing is read from the current directory. The file is TOML:",
             2) +
         "\n"
         "    profile = \"dev\"               # the default profile\n"
         "\n"
         "    [profiles.dev]\n"
         "    api_key_file = \"~/deepgram.key\"\n"
         "    ttl = \"5m\"\n"
         "\n"
         "    [profiles.prod]\n"
         "    api_key_command = [\"secret-tool\", \"lookup\", \"service\", \"deepgram\"]\n"
         "    region = \"eu\"\n" +
         heading("PROFILE") +
         wrapped(
             "`--profile`, else `DGAUTH_PROFILE`, else `profile` in the file, else the profile named `default`, else "
             "the only one there is.",
             2) +
         heading("SETTINGS OF A PROFILE") + table(settings) + "\n" +
         wrapped(
             "At most one of the settings that give an API key. Durations are seconds, or strings like \"5m\". A "
             "relative path is relative to the configuration file; ~/ at its beginning is the home directory.",
             2) +
         heading("API KEY") +
         wrapped(
             "The first of these that has one: `--api-key-file`; the profile named by `--profile`; `DEEPGRAM_API_KEY` "
             "or `DEEPGRAM_API_KEY_FILE`; the default profile. `-v` shows which one was used.",
             2);
}

std::string formats_topic() {
  std::string text = wrapped(
      "`-o FORMAT` chooses the output format of a command; `--json` is `-o json`. The first is the default. `dgauth "
      "COMMAND --help` tells more about each.",
      0);
  const auto commands = commands::all_commands();
  for (auto command = commands.begin(); command != commands.end(); ++command) {
    const auto has_same = [command](const commands::Command& other) {
      return other.formats.data() == command->formats.data();
    };
    if (command->formats.size() == 1 || std::find_if(commands.begin(), command, has_same) != command) {
      continue;
    }
    std::string names;
    for (const commands::Command& each : commands) {
      names += has_same(each) ? fmt::format("{}dgauth {}", names.empty() ? "" : ", ", each.name) : "";
    }
    std::vector<Entry> entries;
    for (const Word& format : command->formats) {
      entries.push_back({std::string(format.name), format.meaning});
    }
    text += heading(names) + table(entries);
  }
  return text + heading("with --dry-run") +
         wrapped("Requests are shown as HTTP; with `-o json` as JSON, with `-o curl` as a curl command.", 2);
}

struct Topic {
  std::string_view name;
  std::string (*text)();
};

constexpr auto topics = std::to_array<Topic>({
    {"options", options_topic},
    {"exit-status", exit_status_topic},
    {"environment", environment_topic},
    {"configuration", configuration_topic},
    {"formats", formats_topic},
});

}  // namespace

bool is_help_topic(std::string_view word) { return std::ranges::find(topics, word, &Topic::name) != topics.end(); }

std::string topic_help(std::string_view topic) {
  const auto* const found = std::ranges::find(topics, topic, &Topic::name);
  return (found == topics.end() ? topics.front() : *found).text();
}

}  // namespace dgauth::cli
