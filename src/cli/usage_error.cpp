// SPDX-License-Identifier: MIT
#include "cli/usage_error.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <string_view>

#include <fmt/format.h>

#include "base/text.hpp"

namespace dgauth::cli {
namespace {

constexpr std::size_t longest_repeated_word = 16;

std::vector<const CLI::Option*> known_options(const CLI::App& root) {
  std::vector<const CLI::Option*> options = root.get_options();
  for (const CLI::App* const command : root.get_subcommands()) {  // the one that was met
    const std::vector<const CLI::Option*> own = command->get_options();
    options.insert(options.end(), own.begin(), own.end());
  }
  return options;
}

// A word that is no option may be a secret that slipped: only what looks like a command is repeated.
bool may_be_repeated(std::string_view word) {
  return word.size() <= longest_repeated_word &&
         std::ranges::all_of(word, [](char c) { return (c >= 'a' && c <= 'z') || c == '-'; });
}

std::string suggestion(std::string_view word, const std::vector<std::string>& known) {
  const std::vector<std::string_view> names(known.begin(), known.end());
  const auto meant = nearest(word, names);
  if (meant && *meant == word) {
    return "it belongs to the command: write it after the command's name";
  }
  return meant ? fmt::format("did you mean {}?", *meant) : "see 'dgauth --help'";
}

Error unknown_option(std::string_view word, const CLI::App& root) {
  // Of a cluster like -pSECRET only the letter.
  const std::string_view name = word.starts_with("--") ? word.substr(0, word.find('=')) : word.substr(0, 2);
  std::vector<std::string> known;
  for (const CLI::Option* const option : known_options(root)) {
    for (const std::string& long_name : option->get_lnames()) {
      known.push_back("--" + long_name);
    }
  }
  return {.kind = ErrorKind::usage,
          .message = fmt::format("unknown option {}", shortened(without_controls(name), 64)),
          .hint = suggestion(name, known)};
}

Error unknown_word(std::string_view word, const CLI::App& root) {
  const bool is_command = root.get_subcommands().empty();
  const std::string what = is_command ? "unknown command" : "unexpected argument";
  std::vector<std::string> known;
  for (const CLI::App* const command : root.get_subcommands({})) {
    known.push_back(command->get_name());
  }
  return {.kind = ErrorKind::usage,
          .message = may_be_repeated(word) ? fmt::format("{} '{}'", what, word) : what,
          .hint = is_command ? suggestion(word, known) : "see 'dgauth --help'"};
}

bool is_named(const CLI::Option& option, std::string_view word) {
  return option.check_name(std::string(word.substr(0, word.find('='))));
}

Error about(const CLI::Option& option, std::string_view what) {
  return {.kind = ErrorKind::usage, .message = fmt::format("{} {}", option.get_name(), what), .hint = {}};
}

// What is wrong with the use of a known option, if anything is.
std::optional<Error> misused_option(const std::vector<std::string>& args, const CLI::App& root) {
  for (const CLI::Option* const option : known_options(root)) {
    if (option->count() > 1 && option->get_expected_max() <= 1) {
      return about(*option, "is given twice");
    }
    for (const CLI::Option* const other : option->get_excludes()) {
      if (option->count() > 0 && other->count() > 0) {
        return about(*option, fmt::format("does not go together with {}", other->get_name()));
      }
    }
    const auto word = std::ranges::find_if(args, [option](const std::string& each) { return is_named(*option, each); });
    if (word == args.end()) {
      continue;
    }
    const bool takes_value = option->get_expected_max() > 0;
    const bool has_value = word->find('=') != std::string::npos;
    const auto next = std::next(word);
    if (takes_value && !has_value && (next == args.end() || next->starts_with('-'))) {
      return about(*option, "needs a value");
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<Error> flag_with_value(const std::vector<std::string>& args, const CLI::App& root) {
  for (const CLI::Option* const option : known_options(root)) {
    const bool is_given_one = std::ranges::any_of(args, [option](const std::string& word) {
      return word.find('=') != std::string::npos && is_named(*option, word);
    });
    if (option->get_expected_max() == 0 && is_given_one) {
      return about(*option, "takes no value");
    }
  }
  return std::nullopt;
}

Error usage_error(const std::vector<std::string>& args, const CLI::App& root) {
  if (std::optional<Error> error = flag_with_value(args, root)) {
    return std::move(*error);
  }
  if (std::optional<Error> error = misused_option(args, root)) {
    return std::move(*error);
  }
  const std::vector<std::string> left_over = root.remaining(true);
  if (left_over.empty()) {
    return {.kind = ErrorKind::usage, .message = "the command line is wrong", .hint = "see 'dgauth --help'"};
  }
  const std::string& word = left_over.front();
  return word.starts_with('-') && word != "-" ? unknown_option(word, root) : unknown_word(word, root);
}

}  // namespace dgauth::cli
