// SPDX-License-Identifier: MIT
#include "cli/help.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <span>
#include <vector>

#include <fmt/format.h>

#include "cli/help_layout.hpp"
#include "commands/pages.hpp"
#include "options/global_options.hpp"

namespace dgauth::cli {
namespace {

using commands::Command;
using commands::Page;
using options::Declaration;
using options::Option;
using options::Word;

constexpr std::size_t text_indent = 2;
constexpr std::string_view tagline = "Get short-lived Deepgram tokens, and check what a key can do\n";

const Command* find_command(std::string_view name) {
  const auto all = commands::all_commands();
  const auto command = std::ranges::find(all, name, &Command::name);
  return command == all.end() ? nullptr : &*command;
}

std::string joined(const std::vector<std::string_view>& words, std::string_view separator) {
  return fmt::format("{}", fmt::join(words, separator));
}

std::vector<std::string_view> names_of(std::span<const Word> words) {
  std::vector<std::string_view> names;
  std::ranges::transform(words, std::back_inserter(names), &Word::name);
  return names;
}

// "bash|zsh|fish" or "[URL...]".
std::string argument_name(const Option& argument) {
  return argument.hint.words.empty() ? fmt::format("[{}{}]", argument.names, argument.is_repeatable ? "..." : "")
                                     : joined(names_of(argument.hint.words), "|");
}

std::string usage_of(const Command& command, const Declaration& declaration) {
  std::string text = fmt::format("dgauth {}{}", command.name, declaration.options.empty() ? "" : " [OPTIONS]");
  for (const Option& argument : declaration.arguments) {
    text += " " + argument_name(argument);
  }
  return text + "\n";
}

// The words of the one list that options of the command take: its probes.
std::span<const Word> list_words(const Declaration& declaration) {
  const auto list = std::ranges::find(declaration.options, options::ValueKind::word_list,
                                      [](const Option& option) { return option.hint.kind; });
  return list == declaration.options.end() ? std::span<const Word>() : list->hint.words;
}

std::string option_lines(std::span<const Option> options) {
  std::vector<Entry> entries;
  std::vector<std::string_view> rare;
  for (const Option& option : options) {
    if (option.is_rare) {
      rare.push_back(options::long_name(option));
    } else {
      entries.push_back({option_name(option), option.description});
    }
  }
  const std::string names = joined(rare, ", ");
  const Entry also{"Also:", names};
  return table(entries) + (rare.empty() ? "" : table({&also, 1}));
}

// The usual format first, and called so; nothing where there is no choice.
std::string formats_line(std::span<const Word> formats) {
  if (formats.size() == 1) {
    return {};
  }
  std::vector<std::string_view> names = names_of(formats);
  const std::string usual = fmt::format("{} (default)", names.front());
  names.front() = usual;
  return wrapped("Formats (-o): " + joined(names, ", "), 0);
}

std::vector<Entry> command_entries() {
  std::vector<Entry> entries;
  for (const Command& command : commands::all_commands()) {
    entries.push_back({std::string(command.name), command.summary});
  }
  entries.push_back({"help", "Show the help of a command or on a topic"});
  return entries;
}

// With whole sentences where there are some.
std::vector<Entry> word_entries(std::span<const Word> words) {
  std::vector<Entry> entries;
  for (const Word& word : words) {
    entries.push_back({std::string(word.name), word.details.empty() ? word.meaning : word.details});
  }
  return entries;
}

std::string options_section(std::string_view title, std::span<const Option> options) {
  std::vector<Entry> entries;
  for (const Option& option : options) {
    entries.push_back({option_name(option), option.details});
  }
  return options.empty() ? "" : heading(title) + definitions(entries);
}

std::string arguments_section(const Declaration& declaration) {
  std::string text;
  for (const Option& argument : declaration.arguments) {
    const std::vector<Entry> words = word_entries(argument.hint.words);
    const Entry itself{std::string(argument.names) + (argument.is_repeatable ? "..." : ""), argument.details};
    text += heading("ARGUMENTS") + (words.empty() ? table({&itself, 1}) : table(words));
  }
  return text;
}

std::string words_section(std::string_view title, std::span<const Word> words) {
  return words.empty() ? "" : heading(title) + table(word_entries(words));
}

std::string variables_section(const Page& page) {
  std::vector<Entry> entries;
  for (const Word& variable : commands::environment_variables()) {
    if (std::ranges::find(page.variables, variable.name) != page.variables.end()) {
      entries.push_back({std::string(variable.name), variable.meaning});
    }
  }
  return entries.empty() ? "" : heading("ENVIRONMENT (all: dgauth help environment)") + table(entries);
}

std::string statuses_section(const Page& page) {
  return heading("EXIT STATUS (all: dgauth help exit-status)") + status_table(page.statuses);
}

std::string examples_section(const Page& page) {
  std::string text = heading("EXAMPLES");
  for (const commands::Example& example : page.examples) {
    text += wrapped(fmt::format("# {}", example.purpose), text_indent);
    std::string_view rest = example.lines;
    while (!rest.empty()) {
      const std::size_t end = rest.find('\n');
      text += fmt::format("{:{}}{}\n", "", text_indent, rest.substr(0, end));
      rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    }
  }
  return text;
}

std::string short_program_help() {
  return fmt::format(
      "{}\nUsage: dgauth COMMAND [OPTIONS]\n\nCommands:\n{}\nTopics for 'dgauth help':\n  {}\n"
      "\nOptions of a command: 'dgauth COMMAND -h'\nMore, with examples: 'dgauth --help'\n",
      tagline, table(command_entries()), joined(names_of(commands::help_topics()), ", "));
}

std::string long_program_help() {
  options::GlobalOptions unused;
  const Declaration global = options::declare_global_options(unused);
  const Page& page = commands::program_page;
  const auto more = std::to_array<Entry>({{"dgauth COMMAND -h", "the options of a command"},
                                          {"dgauth COMMAND --help", "everything about a command, with examples"},
                                          {"man dgauth", "the manual"}});
  return fmt::format("{}\n{}{}  dgauth COMMAND [OPTIONS]\n{}{}{}{}{}{}{}", tagline, wrapped(page.about, 0),
                     heading("USAGE"), heading("COMMANDS"), table(command_entries()),
                     heading("GLOBAL OPTIONS (more: dgauth help options)"), option_lines(global.options),
                     words_section("TOPICS (dgauth help TOPIC)", commands::help_topics()), examples_section(page),
                     heading("LEARN MORE") + table(more));
}

}  // namespace

std::string short_help(std::string_view name) {
  const Command* const command = find_command(name);
  if (command == nullptr) {
    return short_program_help();
  }
  const Declaration own = command->prepare().declaration;
  const std::span<const Word> list = list_words(own);
  return fmt::format(
      "{}\n\nUsage: {}{}{}\n{}{}Global options: 'dgauth help options'\nMore, with examples: 'dgauth {} --help'\n",
      command->summary, usage_of(*command, own), own.options.empty() ? "" : "\nOptions:\n", option_lines(own.options),
      list.empty() ? "" : wrapped("Probes: " + joined(names_of(list), ", "), 0), formats_line(command->formats),
      command->name);
}

std::string long_help(std::string_view name) {
  const Command* const command = find_command(name);
  if (command == nullptr) {
    return long_program_help();
  }
  const Declaration own = command->prepare().declaration;
  const std::string man = fmt::format("man dgauth-{}", command->name);
  const auto more = std::to_array<Entry>(
      {{"dgauth help options", "the global options, which every command takes"}, {man, "the manual page"}});
  return fmt::format("{}{}  {}{}{}{}{}{}{}{}{}", wrapped(command->page.about, 0), heading("USAGE"),
                     usage_of(*command, own), arguments_section(own), options_section("OPTIONS", own.options),
                     words_section("PROBES", list_words(own)), words_section("FORMATS (-o)", command->formats),
                     variables_section(command->page), statuses_section(command->page), examples_section(command->page),
                     heading("LEARN MORE") + table(more));
}

}  // namespace dgauth::cli
