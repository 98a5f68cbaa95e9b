// SPDX-License-Identifier: MIT
// Prints the tree of commands and options as JSON, for tests/docs/check_docs.py.

#include <iostream>
#include <string>
#include <string_view>
#include <vector>

#include <CLI/CLI.hpp>

#include "cli/command_tree.hpp"
#include "commands/command.hpp"

namespace {

std::string json_text(std::string_view text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      result += '\\';
    }
    result += c;
  }
  return result + '"';
}

std::string list_of(const std::vector<std::string>& items) {
  std::string result;
  for (const auto& item : items) {
    result += (result.empty() ? "" : ",") + item;
  }
  return '[' + result + ']';
}

std::string json_of(const CLI::Option& option) {
  std::vector<std::string> names;
  for (const auto& name : option.get_lnames()) {
    names.push_back(json_text("--" + name));
  }
  for (const auto& name : option.get_snames()) {
    names.push_back(json_text("-" + name));
  }
  const bool is_flag = option.get_items_expected_max() == 0;
  return "{\"names\":" + list_of(names) + ",\"value\":" + (is_flag ? "null" : json_text(option.get_option_text())) +
         ",\"hidden\":" + (option.get_group().empty() ? "true" : "false") + '}';
}

std::string options_of(const CLI::App& app) {
  std::vector<std::string> options;
  for (const auto* option : app.get_options()) {
    if (!option->get_positional()) {
      options.push_back(json_of(*option));
    }
  }
  return list_of(options);
}

}  // namespace

int main() {
  const auto tree = dgauth::cli::whole_tree();
  std::vector<std::string> commands;
  for (const auto& command : dgauth::commands::all_commands()) {
    const std::string name(command.name);
    std::vector<std::string> formats;
    for (const auto format : command.formats) {
      formats.push_back(json_text(format));
    }
    commands.push_back("{\"name\":" + json_text(name) + ",\"options\":" + options_of(*tree->get_subcommand(name)) +
                       ",\"formats\":" + list_of(formats) + '}');
  }
  std::cout << "{\"options\":" << options_of(*tree) << ",\n\"commands\":" << list_of(commands) << "}\n";
  return std::cout.flush() ? 0 : 1;
}
