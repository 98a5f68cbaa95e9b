// SPDX-License-Identifier: MIT
#include "cli/help.hpp"

#include <algorithm>
#include <span>
#include <vector>

#include <fmt/format.h>

#include "base/text.hpp"
#include "commands/command.hpp"
#include "options/global_options.hpp"

namespace dgauth::cli {
namespace {

using commands::Command;
using options::Option;

constexpr int option_width = 28;
constexpr int command_width = 17;

std::string line_of(std::string_view name, int width, std::string_view description) {
  return fmt::format("  {:<{}}{}\n", name, width, description);
}

std::string section(std::string_view title, std::span<const Option> options) {
  if (options.empty()) {
    return {};
  }
  std::string text = fmt::format("\n{}:\n", title);
  for (const Option& option : options) {
    const std::string_view separator = option.is_flag() ? "" : " ";
    const bool is_list = option.is_repeatable && !option.names.starts_with('-');
    text += line_of(is_list ? fmt::format("{} ...", option.names)
                            : fmt::format("{}{}{}", option.names, separator, option.value_name),
                    option_width, option.description);
  }
  return text;
}

std::string usage_of(const Command& command, const options::Declaration& declaration) {
  std::string text = fmt::format("Usage: dgauth {}{}", command.name, declaration.options.empty() ? "" : " [OPTIONS]");
  for (const Option& argument : declaration.arguments) {
    text += fmt::format(" [{}{}]", argument.names, argument.is_repeatable ? "..." : "");
  }
  return text + "\n";
}

std::string formats_line(const Command& command) {
  std::vector<std::string_view> names;
  for (const options::Word& format : command.formats) {
    names.push_back(format.name);
  }
  const std::string usual = fmt::format("{} (default)", names.front());
  names.front() = usual;
  return fmt::format("\n-o takes {}.\n", join_with_and(names));
}

std::string commands_section() {
  std::string text = "\nCommands:\n";
  for (const Command& command : commands::all_commands()) {
    text += line_of(command.name, command_width, command.summary);
  }
  return text;
}

}  // namespace

std::string help_text(std::string_view name) {
  options::GlobalOptions unused;
  const std::string global = section("Options of every command", options::declare_global_options(unused).options);
  const auto all = commands::all_commands();
  const auto command = std::ranges::find(all, name, &Command::name);
  if (command == all.end()) {
    return "Mint Deepgram temporary tokens\nUsage: dgauth [OPTIONS] [COMMAND]\n" + global + commands_section() +
           "\nRun 'dgauth COMMAND --help' for its options, 'man dgauth' for everything.\n";
  }
  const options::Declaration own = command->prepare().declaration;
  return fmt::format("{}\n{}{}{}{}{}", command->summary, usage_of(*command, own), section("Arguments", own.arguments),
                     section("Options", own.options), formats_line(*command), global);
}

}  // namespace dgauth::cli
