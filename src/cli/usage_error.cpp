// SPDX-License-Identifier: MIT
#include "cli/usage_error.hpp"

#include <algorithm>
#include <iterator>
#include <string_view>

#include <fmt/format.h>

#include "base/shown.hpp"
#include "base/text.hpp"
#include "commands/command.hpp"

namespace dgauth::cli {
namespace {

using options::Option;

constexpr std::size_t longest_repeated_word = 16;
constexpr std::size_t longest_option = 64;

// A word that is no option may be a secret that slipped: only what looks like a command is repeated.
bool may_be_repeated(std::string_view word) {
  return word.size() <= longest_repeated_word &&
         std::ranges::all_of(word, [](char c) { return (c >= 'a' && c <= 'z') || c == '-'; });
}

std::string suggestion(std::string_view word, const std::vector<std::string_view>& known) {
  const auto meant = nearest(word, known);
  if (meant && *meant == word) {
    return "it belongs to the command: write it after the command's name";
  }
  return meant ? fmt::format("did you mean {}?", *meant) : "see 'dgauth --help'";
}

std::string shown_option(std::string_view word) {
  return shortened(shown_text(word.substr(0, word.find('='))), longest_option);
}

Error unknown_option(std::string_view word, const RefusedLine& line) {
  // Of a cluster like -pSECRET only the letter.
  const std::string_view name = word.starts_with("--") ? word.substr(0, word.find('=')) : word.substr(0, 2);
  std::vector<std::string_view> names;
  for (const KnownOption& known : line.known) {
    names.push_back(options::long_name(*known.option));
  }
  return {.kind = ErrorKind::usage,
          .message = fmt::format("unknown option {}", shown_option(name)),
          .hint = suggestion(name, names)};
}

Error unknown_word(std::string_view word, bool has_command) {
  const std::string what = has_command ? "unexpected argument" : "unknown command";
  std::vector<std::string_view> names;
  for (const commands::Command& command : commands::all_commands()) {
    names.push_back(command.name);
  }
  return {.kind = ErrorKind::usage,
          .message = may_be_repeated(word) ? fmt::format("{} '{}'", what, word) : what,
          .hint = has_command ? "see 'dgauth --help'" : suggestion(word, names)};
}

Error about(const Option& option, std::string_view what) {
  return {.kind = ErrorKind::usage, .message = fmt::format("{} {}", options::shown_name(option), what)};
}

bool excludes(const Option& one, const Option& other) {
  return (!one.excludes.empty() && one.excludes == options::long_name(other)) ||
         (!other.excludes.empty() && other.excludes == options::long_name(one));
}

bool names_option(std::string_view word, const Option& option) {
  return options::is_named(option, word.substr(0, word.find('=')));
}

// Whether `args` hold the option without a value for it.
bool lacks_value(const std::vector<std::string>& args, const Option& option) {
  const auto word = std::ranges::find_if(args, [&](const std::string& each) { return names_option(each, option); });
  if (option.is_flag() || word == args.end() || word->find('=') != std::string::npos) {
    return false;
  }
  const auto next = std::next(word);
  return next == args.end() || (next->starts_with('-') && *next != "-");
}

// What is wrong with the use of a known option, if anything is.
std::optional<Error> misused_option(const RefusedLine& line) {
  for (const auto& [option, count] : line.known) {
    if (count > 1 && !option->is_repeatable) {
      return about(*option, "is given twice");
    }
    const auto rival = std::ranges::find_if(line.known, [one = option](const KnownOption& other) {
      return other.count > 0 && excludes(*one, *other.option);
    });
    if (count > 0 && rival != line.known.end()) {
      return about(*option, fmt::format("does not go together with {}", options::shown_name(*rival->option)));
    }
    if (lacks_value(line.args, *option)) {
      return about(*option, "needs a value");
    }
  }
  return std::nullopt;
}

bool is_given_value(const std::vector<std::string>& args, const Option& flag) {
  return std::ranges::any_of(args, [&flag](std::string_view word) {
    return word.find('=') != std::string_view::npos && names_option(word, flag);
  });
}

}  // namespace

std::optional<Error> flag_with_value(const std::vector<std::string>& args, const options::Declaration& declaration) {
  const auto wrong = std::ranges::find_if(
      declaration.options, [&args](const Option& option) { return option.is_flag() && is_given_value(args, option); });
  return wrong == declaration.options.end() ? std::nullopt : std::optional(about(*wrong, "takes no value"));
}

Error unexpected_argument(std::string_view word) { return unknown_word(word, true); }

Error dashed_argument(std::string_view word) {
  return {.kind = ErrorKind::usage,
          .message = fmt::format("unknown option {}", shown_option(word)),
          .hint = "a name that begins with a dash goes behind --"};
}

Error usage_error(const RefusedLine& line) {
  if (std::optional<Error> error = misused_option(line)) {
    return std::move(*error);
  }
  if (line.left_over.empty()) {
    return {.kind = ErrorKind::usage, .message = "the command line is wrong", .hint = "see 'dgauth --help'"};
  }
  const std::string& word = line.left_over.front();
  return word.starts_with('-') && word != "-" ? unknown_option(word, line) : unknown_word(word, line.has_command);
}

}  // namespace dgauth::cli
