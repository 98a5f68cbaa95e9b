// SPDX-License-Identifier: MIT
#include <algorithm>

#include <fmt/format.h>

#include "completion/bash_functions.hpp"
#include "completion/outline.hpp"

namespace dgauth::completion {
namespace {

using options::Option;
using options::ValueHint;
using options::ValueKind;

constexpr std::string_view begin = R"sh(# bash completion for dgauth, written by 'dgauth completion bash'.
# Works with and without the bash-completion package.

)sh";

constexpr std::string_view look_up_begin = R"sh(
# Sets kind to what the value of option $1 of command $2 is, and choices to the words there are; a
# number is the argument of that place. What takes no value is of no kind.
_dgauth_look_up() {
    kind='' choices=''
    case $2:$1 in
)sh";

std::string kind_text(const ValueHint& hint) {
  const std::string words =
      fmt::format("\n            choices='{}'", wrapped(names_of(hint.words), " ", "", "                "));
  switch (hint.kind) {
    case ValueKind::unknown: return "kind=unknown";
    case ValueKind::file: return "kind=file";
    case ValueKind::directory: return "kind=directory";
    case ValueKind::profile: return "kind=profile";
    case ValueKind::format:
    case ValueKind::word:
    case ValueKind::suggestion: return "kind=word" + words;
    case ValueKind::word_list: return "kind=list" + words;
    case ValueKind::assignment: return "kind=names" + words;
  }
  return {};
}

// The patterns of one arm of the case, and what it does.
struct Arm {
  std::vector<std::string> patterns;
  std::string body;
};

void add_arm(std::vector<Arm>& arms, std::vector<std::string> patterns, std::string body) {
  const auto same = std::ranges::find(arms, body, &Arm::body);
  if (same == arms.end()) {
    arms.push_back({.patterns = std::move(patterns), .body = std::move(body)});
  } else {
    same->patterns.insert(same->patterns.end(), patterns.begin(), patterns.end());
  }
}

std::vector<std::string> patterns_of(std::span<const std::string_view> commands, const Option& option) {
  std::vector<std::string> patterns;
  for (const std::string_view command : commands) {
    for (const std::string_view name : names_of(option)) {
      patterns.push_back(fmt::format("{}:{}", command, name));
    }
  }
  return patterns;
}

std::vector<Arm> arms_of(const Outline& outline) {
  std::vector<Arm> arms;
  const std::string_view every[] = {"*"};
  const auto output = std::ranges::find(outline.global.options, ValueKind::format,
                                        [](const Option& option) { return option.hint.kind; });
  for (const CommandOutline& command : outline.commands) {
    if (!command.formats.empty()) {
      const std::string_view name[] = {command.name};
      add_arm(arms, patterns_of(name, *output), kind_text({.kind = ValueKind::word, .words = command.formats}));
    }
  }
  const std::vector<options::Word> formats = all_formats(outline);
  // An arm of its own, behind those of the commands, which it would hide.
  arms.push_back(
      {.patterns = patterns_of(every, *output), .body = kind_text({.kind = ValueKind::word, .words = formats})});
  for (const Option& option : outline.global.options) {
    if (!option.is_flag() && option.hint.kind != ValueKind::format) {
      add_arm(arms, patterns_of(every, option), kind_text(option.hint));
    }
  }
  for (const Shared& shared : shared_options(outline)) {
    if (!shared.option->is_flag()) {
      add_arm(arms, patterns_of(shared.commands, *shared.option), kind_text(shared.option->hint));
    }
  }
  for (const Shared& shared : shared_arguments(outline)) {
    for (const std::string_view command : shared.commands) {
      const std::string_view place = shared.option->is_repeatable ? "[0-9]*" : "0";
      add_arm(arms, {fmt::format("{}:{}", command, place)}, kind_text(shared.option->hint));
    }
  }
  return arms;
}

std::string look_up_function(const Outline& outline) {
  std::string text(look_up_begin);
  for (const Arm& arm : arms_of(outline)) {
    const std::vector<std::string_view> patterns(arm.patterns.begin(), arm.patterns.end());
    text += fmt::format("        {})\n            {}\n            ;;\n",
                        wrapped(patterns, " | ", " | \\", "            "), arm.body);
  }
  return text + "    esac\n}\n";
}

std::string option_names(const options::Declaration& declaration) {
  std::vector<std::string_view> names;
  for (const Option& option : declaration.options) {
    const std::vector<std::string_view> own = names_of(option);
    names.insert(names.end(), own.begin(), own.end());
  }
  return wrapped(names, " ", "", "                ");
}

// A function that prints the names of a command's options, those of every command included.
std::string options_function(const Outline& outline) {
  std::string text = "# The options of command $1.\n_dgauth_options() {\n    case $1 in\n";
  for (const CommandOutline& command : outline.commands) {
    if (!command.takes_global_options) {
      text += fmt::format("        {}) return ;;\n", command.name);
    } else if (!command.declaration.options.empty()) {
      text += fmt::format("        {})\n            echo '{}'\n            ;;\n", command.name,
                          option_names(command.declaration));
    }
  }
  return text + fmt::format("    esac\n    echo '{}'\n}}\n", option_names(outline.global));
}

}  // namespace

std::string bash_script(const Outline& outline) {
  std::vector<std::string_view> commands;
  for (const CommandOutline& command : outline.commands) {
    commands.push_back(command.name);
  }
  return fmt::format("{}_dgauth_commands='{}'\n\n{}{}{}", begin, joined(commands), options_function(outline),
                     look_up_function(outline), bash_functions());
}

}  // namespace dgauth::completion
