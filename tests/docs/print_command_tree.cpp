// SPDX-License-Identifier: MIT
// Prints the tree of commands and options as JSON, for tests/docs/check_docs.py.

#include <iostream>
#include <string>
#include <string_view>
#include <vector>

#include "commands/command.hpp"
#include "options/global_options.hpp"

namespace {

using dgauth::options::Declaration;
using dgauth::options::Option;

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

std::string json_of(const Option& option) {
  std::vector<std::string> names;
  for (const auto name : {long_name(option), short_name(option)}) {
    if (!name.empty()) {
      names.push_back(json_text(name));
    }
  }
  return "{\"names\":" + list_of(names) + ",\"value\":" + (option.is_flag() ? "null" : json_text(option.value_name)) +
         '}';
}

std::string options_of(const Declaration& declaration) {
  std::vector<std::string> options;
  for (const auto& option : declaration.options) {
    options.push_back(json_of(option));
  }
  return list_of(options);
}

}  // namespace

int main() {
  std::vector<std::string> commands;
  for (const auto& command : dgauth::commands::all_commands()) {
    std::vector<std::string> formats;
    for (const auto& format : command.formats) {
      formats.push_back(json_text(format.name));
    }
    commands.push_back("{\"name\":" + json_text(command.name) + ",\"options\":" +
                       options_of(command.prepare().declaration) + ",\"formats\":" + list_of(formats) + '}');
  }
  dgauth::options::GlobalOptions global;
  std::cout << "{\"options\":" << options_of(declare_global_options(global)) << ",\n\"commands\":" << list_of(commands)
            << "}\n";
  return std::cout.flush() ? 0 : 1;
}
