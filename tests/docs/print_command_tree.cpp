// SPDX-License-Identifier: MIT
// Prints what the program declares as JSON: commands, options, formats and all their texts. The manual is made from it
// (man/generate.py), and the documents are compared with it (check_docs.py).

#include <initializer_list>
#include <iostream>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/version.hpp"
#include "commands/command.hpp"
#include "commands/pages.hpp"
#include "options/global_options.hpp"

namespace {

using dgauth::options::Option;
using dgauth::options::Word;

std::string json_text(std::string_view text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      result += '\\';
    }
    c == '\n' ? result += "\\n" : result += c;
  }
  return result + '"';
}

template <typename Range, typename Print>
std::string list_of(const Range& items, Print print) {
  std::string result;
  for (const auto& item : items) {
    result += (result.empty() ? "" : ",") + print(item);
  }
  return '[' + result + ']';
}

std::string json_object(std::initializer_list<std::pair<std::string_view, std::string>> members) {
  std::string result;
  for (const auto& [name, value] : members) {
    result += (result.empty() ? "" : ",") + json_text(name) + ':' + value;
  }
  return '{' + result + '}';
}

std::string json_of(const Word& word) {
  return json_object(
      {{"name", json_text(word.name)}, {"meaning", json_text(word.meaning)}, {"details", json_text(word.details)}});
}

std::string json_of(std::span<const Word> words) {
  return list_of(words, [](const Word& word) { return json_of(word); });
}

// An argument's name is what the usage line calls it.
std::string names_of(const Option& option, bool is_argument) {
  std::vector<std::string_view> names;
  if (is_argument) {
    names.push_back(option.names);
  } else {
    for (const std::string_view name : {short_name(option), long_name(option)}) {
      if (!name.empty()) {
        names.push_back(name);
      }
    }
  }
  return list_of(names, json_text);
}

std::string json_of(const std::vector<Option>& options, bool is_argument = false) {
  return list_of(options, [is_argument](const Option& option) {
    return json_object({{"names", names_of(option, is_argument)},
                        {"value", option.is_flag() ? "null" : json_text(option.value_name)},
                        {"details", json_text(option.details)},
                        {"words", json_of(option.hint.words)},
                        {"excludes", json_text(option.excludes)},
                        {"repeatable", option.is_repeatable ? "true" : "false"}});
  });
}

std::string json_of(const dgauth::commands::Page& page) {
  const auto status_of = [](const dgauth::commands::StatusMeaning& each) {
    return json_object(
        {{"status", std::to_string(static_cast<int>(each.status))}, {"meaning", json_text(each.meaning)}});
  };
  const auto example_of = [](const dgauth::commands::Example& each) {
    return json_object({{"purpose", json_text(each.purpose)}, {"lines", json_text(each.lines)}});
  };
  return json_object({{"about", json_text(page.about)},
                      {"statuses", list_of(page.statuses, status_of)},
                      {"variables", list_of(page.variables, json_text)},
                      {"examples", list_of(page.examples, example_of)}});
}

std::string json_of(const dgauth::commands::Command& command) {
  const dgauth::commands::Prepared prepared = command.prepare();
  return json_object({{"name", json_text(command.name)},
                      {"summary", json_text(command.summary)},
                      {"page", json_of(command.page)},
                      {"formats", json_of(command.formats)},
                      {"options", json_of(prepared.declaration.options)},
                      {"arguments", json_of(prepared.declaration.arguments, true)}});
}

}  // namespace

int main() {
  dgauth::options::GlobalOptions global;
  const std::string commands =
      list_of(dgauth::commands::all_commands(), [](const auto& each) { return json_of(each); });
  std::cout << json_object({{"version", json_text(dgauth::version())},
                            {"page", json_of(dgauth::commands::program_page)},
                            {"topics", json_of(dgauth::commands::help_topics())},
                            {"environment", json_of(dgauth::commands::environment_variables())},
                            {"options", json_of(declare_global_options(global).options)},
                            {"commands", commands}})
            << '\n';
  return std::cout.flush() ? 0 : 1;
}
