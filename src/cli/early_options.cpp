// SPDX-License-Identifier: MIT
#include "cli/early_options.hpp"

#include <algorithm>
#include <array>
#include <span>

#include <fmt/format.h>

#include "cli/help_topics.hpp"
#include "cli/unknown_command.hpp"
#include "commands/command.hpp"
#include "options/global_options.hpp"

namespace dgauth::cli {
namespace {

// Everybody who watches the process list would see the value; shells keep it in their history.
constexpr std::array<std::string_view, 4> options_for_secrets = {"--api-key", "--apikey", "--token", "--key"};

bool is_any_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::ranges::find(words, word) != words.end();
}

// Whether `word` is the flag `letter`, alone or among others: -h, -vh.
bool has_flag(std::string_view word, char letter) {
  return word.size() > 1 && word.front() == '-' && word.find_first_not_of("qvhV", 1) == std::string_view::npos &&
         word.find(letter, 1) != std::string_view::npos;
}

bool names_command(std::string_view word) {
  return std::ranges::any_of(commands::all_commands(), [word](const auto& command) { return command.name == word; });
}

// Whether the word after `word` is the value of an option that every command takes: -p, --profile, -vp.
bool takes_next_word(std::string_view word, const options::Declaration& global) {
  const auto named = [&global](std::string_view name) {
    return std::ranges::find_if(global.options, [name](const auto& option) { return options::is_named(option, name); });
  };
  if (word.size() < 2 || word.front() != '-' || word.starts_with("--")) {
    const auto option = named(word);
    return option != global.options.end() && !option->is_flag();
  }
  for (std::size_t at = 1; at < word.size(); ++at) {
    const auto option = named({std::array{'-', word[at]}.data(), 2});
    if (option == global.options.end() || !option->is_flag()) {
      return option != global.options.end() && at + 1 == word.size();
    }
  }
  return false;
}

// The words that are neither options nor the values of options that every command takes.
std::vector<std::string_view> plain_words(std::span<const std::string> words) {
  options::GlobalOptions unused;
  const options::Declaration global = options::declare_global_options(unused);
  std::vector<std::string_view> plain;
  bool is_value = false;
  for (const std::string_view word : words) {
    if (!is_value && !word.starts_with('-')) {
      plain.push_back(word);
    }
    is_value = !is_value && takes_next_word(word, global);
  }
  return plain;
}

}  // namespace

Result<EarlyOptions> find_early_options(const std::vector<std::string>& args) {
  const std::span<const std::string> words(args.begin(), std::ranges::find(args, "--"));
  EarlyOptions early;
  for (const std::string& word : words) {
    early.wants_long_help = early.wants_long_help || word == "--help";
    early.wants_help = early.wants_help || word == "--help" || has_flag(word, 'h');
    early.wants_version = early.wants_version || word == "--version" || has_flag(word, 'V');
  }
  const std::vector<std::string_view> plain = plain_words(words);
  if (const auto command = std::ranges::find_if(plain, names_command); command != plain.end()) {
    early.command = *command;
  }
  const bool is_help_command = !plain.empty() && plain.front() == "help";
  if (is_help_command) {
    if (plain.size() > 1 && is_help_topic(plain[1])) {
      early.topic = plain[1];
    }
    const bool is_known = plain.size() == 1 || plain[1] == "help" || !early.command.empty() || !early.topic.empty();
    early.wants_long_help = early.wants_long_help || (is_known && !early.wants_help);
    early.wants_help = early.wants_help || is_known;
  }
  if (early.wants_help || early.wants_version) {
    return early;
  }
  for (const std::string_view word : words) {
    const std::string_view name = word.substr(0, word.find('='));
    if (std::ranges::find(options_for_secrets, name) != options_for_secrets.end()) {
      return fail(ErrorKind::usage,
                  fmt::format("{} is not supported: other users could read a secret on the command line", name),
                  name == "--token" ? "set DEEPGRAM_ACCESS_TOKEN, and add --auth token"
                                    : "set DEEPGRAM_API_KEY, or use --api-key-file with a file, or - for stdin");
    }
    if (word != name && is_any_of(name, {"--help", "--version"})) {
      return fail(ErrorKind::usage, fmt::format("{} takes no value", name));
    }
    if (word.starts_with("--") && name.size() + 1 == word.size()) {
      return fail(ErrorKind::usage, fmt::format("{} needs a value after the =", name),
                  "perhaps a variable in the value is empty or not set");
    }
  }
  return is_help_command ? fail(unknown_help_topic(plain[1])) : Result<EarlyOptions>(early);
}

}  // namespace dgauth::cli
