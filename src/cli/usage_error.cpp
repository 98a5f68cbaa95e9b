// SPDX-License-Identifier: MIT
#include "cli/usage_error.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <iterator>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "base/duration.hpp"
#include "base/shown.hpp"
#include "base/text.hpp"
#include "cli/unknown_command.hpp"
#include "options/typed_word.hpp"

namespace dgauth::cli {
namespace {

using options::Option;

constexpr std::size_t longest_option = 64;

std::string shown_option(std::string_view word) {
  return shortened(shown_text(word.substr(0, word.find('='))), longest_option);
}

// The commands that have an option of this name as their own.
std::vector<std::string_view> commands_with(std::string_view name) {
  std::vector<std::string_view> names;
  for (const commands::Command& command : commands::all_commands()) {
    const options::Declaration own = command.prepare().declaration;
    if (std::ranges::any_of(own.options, [name](const Option& option) { return options::is_named(option, name); })) {
      names.push_back(command.name);
    }
  }
  return names;
}

std::string hint_for_option(std::string_view name, const RefusedLine& line) {
  const std::vector<std::string_view> others = commands_with(name);
  if (line.command != nullptr && std::ranges::find(others, line.command->name) != others.end()) {
    return "it belongs to the command: write it after the command's name";
  }
  if (!others.empty()) {
    return fmt::format("{} is an option of {}{}", name, join_with_and(others),
                       line.command == nullptr ? ": write it after the command's name" : "");
  }
  std::vector<std::string_view> names;
  for (const KnownOption& known : line.known) {
    names.push_back(options::long_name(*known.option));
  }
  std::string meant = options::suggestion(name, names);
  return meant.empty() ? help_hint(line.command) : meant;
}

Error unknown_option(std::string_view word, const RefusedLine& line) {
  // Of a cluster like -pSECRET only the letter.
  const std::string_view name = word.starts_with("--") ? word.substr(0, word.find('=')) : word.substr(0, 2);
  return {.kind = ErrorKind::usage,
          .message = fmt::format("unknown option {}", shown_option(name)),
          .hint = hint_for_option(name, line)};
}

Error about(const Option& option, std::string_view what, std::string hint) {
  return {.kind = ErrorKind::usage,
          .message = fmt::format("{} {}", options::shown_name(option), what),
          .hint = std::move(hint)};
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
  for (const auto& [option, count, command] : line.known) {
    const auto rival = std::ranges::find_if(line.known, [one = option](const KnownOption& other) {
      return other.count > 0 && excludes(*one, *other.option);
    });
    if (count > 0 && rival != line.known.end()) {
      return about(*option, fmt::format("cannot be used with {}", options::shown_name(*rival->option)),
                   "leave out one of them");
    }
    if (lacks_value(line.args, *option)) {
      return about(*option, "needs a value", help_hint(command));
    }
  }
  return std::nullopt;
}

bool is_given_value(const std::vector<std::string>& args, const Option& flag) {
  return std::ranges::any_of(args, [&flag](std::string_view word) {
    return word.find('=') != std::string_view::npos && names_option(word, flag);
  });
}

// What web pages and word processors put in place of `-` or `--`.
struct LongDash {
  std::string_view dash;
  std::string_view name;
};
constexpr auto long_dashes = std::to_array<LongDash>({
    {"\u2010", "a typographic hyphen"},
    {"\u2013", "a long dash"},
    {"\u2014", "a long dash"},
    {"\u2212", "a minus sign"},
});

const LongDash* long_dash_of(std::string_view word) {
  const auto* const found =
      std::ranges::find_if(long_dashes, [word](const LongDash& each) { return word.starts_with(each.dash); });
  return found == long_dashes.end() ? nullptr : found;
}

Error long_dash_error(const LongDash& found, std::string_view rest_of_hint) {
  return {.kind = ErrorKind::usage,
          .message = fmt::format("an argument begins with {} ({})", found.name, found.dash),
          .hint = fmt::format("type - or -- instead: web pages and word processors replace them{}", rest_of_hint)};
}

// `word` is an argument too many, and perhaps was to be a lifetime.
std::string hint_for_argument(std::string_view word, const commands::Command& command) {
  const options::Declaration own = command.prepare().declaration;
  const bool has_ttl =
      std::ranges::any_of(own.options, [](const Option& option) { return options::is_named(option, "--ttl"); });
  constexpr std::chrono::hours longest_lifetime(1);
  const std::optional<std::chrono::seconds> lifetime = parse_duration(word);
  if (!has_ttl || !lifetime || *lifetime > longest_lifetime) {
    return help_hint(&command);
  }
  const bool has_unit = word.find_first_not_of("0123456789") != std::string_view::npos;
  return fmt::format("for a lifetime, use --ttl {}{}", word, has_unit ? "" : "s");
}

}  // namespace

bool begins_with_dash(std::string_view text) {
  return (text.starts_with('-') && text != "-") || long_dash_of(text) != nullptr;
}

std::string help_hint(const commands::Command* command) {
  return command == nullptr ? "see 'dgauth help options'" : fmt::format("see 'dgauth {} --help'", command->name);
}

std::optional<Error> flag_with_value(const std::vector<std::string>& args, const options::Declaration& declaration,
                                     const commands::Command* command) {
  const auto wrong = std::ranges::find_if(
      declaration.options, [&args](const Option& option) { return option.is_flag() && is_given_value(args, option); });
  return wrong == declaration.options.end() ? std::nullopt
                                            : std::optional(about(*wrong, "takes no value", help_hint(command)));
}

Error unexpected_argument(std::string_view word, const commands::Command& command) {
  const std::string quoted = options::quoted_word(word, "");
  return {.kind = ErrorKind::usage,
          .message = fmt::format("unexpected argument{}{}", quoted.empty() ? "" : " ", quoted),
          .hint = hint_for_argument(word, command)};
}

Error dashed_argument(std::string_view word) {
  if (const LongDash* const found = long_dash_of(word)) {
    return long_dash_error(*found, "; if it is a name, write -- before it");
  }
  return {.kind = ErrorKind::usage,
          .message = fmt::format("unknown option {}", shown_option(word)),
          .hint = "if it is a name that begins with a dash, write -- before it"};
}

Error usage_error(const RefusedLine& line) {
  if (std::optional<Error> error = misused_option(line)) {
    return std::move(*error);
  }
  if (line.left_over.empty()) {
    return {.kind = ErrorKind::usage, .message = "the command line is wrong", .hint = "see 'dgauth --help'"};
  }
  const std::string& word = line.left_over.front();
  if (word.starts_with('-') && word != "-") {
    return unknown_option(word, line);
  }
  if (const LongDash* const found = long_dash_of(word)) {
    return long_dash_error(*found, {});
  }
  return line.command == nullptr ? unknown_command(word) : unexpected_argument(word, *line.command);
}

}  // namespace dgauth::cli
