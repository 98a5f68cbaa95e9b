// SPDX-License-Identifier: MIT
#include "cli/early_options.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <span>

#include <fmt/format.h>

#include "commands/command.hpp"

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

}  // namespace

Result<EarlyOptions> find_early_options(const std::vector<std::string>& args) {
  const std::span<const std::string> words(args.begin(), std::ranges::find(args, "--"));
  EarlyOptions early;
  for (const std::string& word : words) {
    early.wants_help = early.wants_help || word == "--help" || has_flag(word, 'h');
    early.wants_version = early.wants_version || word == "--version" || has_flag(word, 'V');
    if (early.command.empty() && names_command(word)) {
      early.command = word;
    }
  }
  const auto first_word =
      std::ranges::find_if_not(words, [](const std::string& word) { return word.starts_with('-'); });
  if (first_word != words.end() && *first_word == "help") {
    const auto second_word = std::next(first_word);
    early.wants_help =
        early.wants_help || second_word == words.end() || *second_word == "help" || !early.command.empty();
  }
  if (early.wants_help || early.wants_version) {
    return early;
  }
  for (const std::string_view word : words) {
    const std::string_view name = word.substr(0, word.find('='));
    if (std::ranges::find(options_for_secrets, name) != options_for_secrets.end()) {
      return fail(ErrorKind::usage,
                  fmt::format("there is no {}: a secret on the command line shows to everybody", name),
                  "use DEEPGRAM_API_KEY, or --api-key-file with a file or - for stdin");
    }
    if (word != name && is_any_of(name, {"--help", "--version"})) {
      return fail(ErrorKind::usage, fmt::format("{} takes no value", name));
    }
    if (word.starts_with("--") && name.size() + 1 == word.size()) {
      return fail(ErrorKind::usage, fmt::format("{} has nothing after its =", name),
                  "perhaps a variable in its value is empty");
    }
  }
  return early;
}

}  // namespace dgauth::cli
