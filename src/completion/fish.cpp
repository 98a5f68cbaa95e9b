// SPDX-License-Identifier: MIT
#include <algorithm>

#include <fmt/format.h>

#include "completion/outline.hpp"

namespace dgauth::completion {
namespace {

using options::Option;
using options::ValueHint;
using options::ValueKind;
using options::Word;

constexpr std::string_view begin = R"sh(# fish completion for dgauth, written by 'dgauth completion fish'.

# The command on the line, or an empty line; "--" once that has been typed.
function __dgauth_command
    set -l words (commandline -opc)
    set -l value_follows no
    set -l command
    for word in $words[2..-1]
        if test $value_follows = yes
            set value_follows no
            continue
        end
        switch $word
            case --
                echo -- --
                return
)sh";

constexpr std::string_view functions = R"sh(                set value_follows yes
            case '-*'
            case '*'
                set -q command[1]; or set command $word
        end
    end
    echo $command
end

function __dgauth_command_is
    set -l command (__dgauth_command)
    contains -- "$command" $argv
end

# Whether the first argument of the command is still to be written.
function __dgauth_lacks_argument
    not __fish_seen_subcommand_from $argv
end

# The names in the [profiles.NAME] lines of the configuration. Names in quotes are left out where
# they have an escape, or what a shell would evaluate.
function __dgauth_profiles
    set -l directory $HOME/.config
    string match -q '/*' -- "$XDG_CONFIG_HOME"; and set directory $XDG_CONFIG_HOME
    set -l file $directory/dgauth/config.toml
    test -n "$DGAUTH_CONFIG"; and set file $DGAUTH_CONFIG

    set -l words (commandline -opc)
    for i in (seq 2 (count $words))
        switch $words[$i]
            case -c --config
                set -q words[(math $i + 1)]; and set file $words[(math $i + 1)]
            case '--config=*'
                set file (string replace -- --config= '' $words[$i])
            case '-c*'
                set file (string replace -- -c '' $words[$i])
        end
    end
    set file (string replace -r -- '^~/' "$HOME/" $file)
    test -f "$file" -a -r "$file"
    and string replace -rf '^\s*\[\s*profiles\s*\.\s*(?|([A-Za-z0-9_-]+)|(?:["\'])([^"\'\\\\$`[:cntrl:]]+)["\'])\s*\].*' \
        '$1' <$file
end

# The words of $argv, behind those of a list with commas that are typed already.
function __dgauth_list
    set -l current (commandline -ct | string replace -r -- '^--[a-z-]+=' '')
    set -l before (string match -r -- '.*,' "$current")
    for word in $argv
        set -l parts (string split \t -- $word)
        contains -- $parts[1] (string split , -- "$before"); or echo "$before$word"
    end
end

# What may stand before the "=" of NAME=VALUE; the value is for the user to write.
function __dgauth_names
    string replace -r '(\t|$)' '=$1' -- $argv
end

complete -c dgauth -f

)sh";

std::string quoted(std::string_view text) { return "'" + escaped(text, "'\\") + "'"; }

// `name\t"meaning"`, as it stands between single quotes.
std::string offer(const Word& word) {
  return word.meaning.empty() ? std::string(word.name)
                              : fmt::format("{}\\t\"{}\"", word.name, escaped(word.meaning, "\"$'"));
}

std::string offers(std::span<const Word> words) {
  std::string text;
  for (const Word& word : words) {
    text += (text.empty() ? "" : " ") + offer(word);
  }
  return text;
}

// How complete is told what a value may be.
std::string value_text(const ValueHint& hint) {
  switch (hint.kind) {
    case ValueKind::unknown:
    case ValueKind::format: return " -x";
    case ValueKind::file: return " -r -F";
    case ValueKind::directory: return " -x -a '(__fish_complete_directories)'";
    case ValueKind::profile: return " -x -a '(__dgauth_profiles)'";
    case ValueKind::word:
    case ValueKind::suggestion: return fmt::format(" -x -a '{}'", offers(hint.words));
    case ValueKind::word_list: return fmt::format(" -x -a '(__dgauth_list {})'", offers(hint.words));
    case ValueKind::assignment: return fmt::format(" -x -a '(__dgauth_names {})'", offers(hint.words));
  }
  return {};
}

std::string names_text(const Option& option) {
  std::string text;
  if (const std::string_view name = options::short_name(option); !name.empty()) {
    text += fmt::format(" -s {}", name.substr(1));
  }
  return text + fmt::format(" -l {}", options::long_name(option).substr(2));
}

std::string option_line(const Option& option, std::string_view condition) {
  return fmt::format("complete -c dgauth{}{} -d {}{}\n", condition, names_text(option), quoted(option.description),
                     option.is_flag() ? "" : value_text(option.hint));
}

// The lines of -o, whose values are the formats of the command.
std::string format_lines(const Outline& outline, const Option& option) {
  std::string text;
  for (const CommandOutline& command : outline.commands) {
    if (!command.formats.empty()) {
      text += fmt::format("complete -c dgauth -n '__dgauth_command_is \"\" {}'{} -d {} -x \\\n    -a '{}'\n",
                          command.name, names_text(option), quoted(option.description), offers(command.formats));
    }
  }
  return text;
}

std::string argument_line(const Shared& argument) {
  const std::string commands = joined(argument.commands);
  const ValueHint& hint = argument.option->hint;
  switch (hint.kind) {
    case ValueKind::file: return fmt::format("complete -c dgauth -n '__dgauth_command_is {}' -F\n", commands);
    case ValueKind::word:
      return fmt::format(
          "complete -c dgauth -n '__dgauth_command_is {}; and __dgauth_lacks_argument {}' \\\n    -a '{}'\n", commands,
          joined(names_of(hint.words)), offers(hint.words));
    default: return {};
  }
}

// The names of all options that take a value.
std::string case_of_values(const Outline& outline) {
  std::vector<std::string_view> names;
  const auto add = [&names](const Option& option) {
    for (const std::string_view name : names_of(option)) {
      if (!option.is_flag() && std::ranges::find(names, name) == names.end()) {
        names.push_back(name);
      }
    }
  };
  for (const Option& option : outline.global.options) {
    add(option);
  }
  for (const Shared& shared : shared_options(outline)) {
    add(*shared.option);
  }
  return fmt::format("            case {}\n", wrapped(names, " ", " \\", "                    "));
}

}  // namespace

std::string fish_script(const Outline& outline) {
  std::string text = std::string(begin) + case_of_values(outline) + std::string(functions);
  for (const CommandOutline& command : outline.commands) {
    text += fmt::format("complete -c dgauth -n '__dgauth_command_is \"\"' -a {} -d {}\n", command.name,
                        quoted(command.summary));
  }
  text += "\n# What every command takes\n";
  for (const Option& option : outline.global.options) {
    if (option.hint.kind != ValueKind::format) {
      text += option_line(option, "");
    }
  }
  text += "\n# What -o takes\n";
  for (const Option& option : outline.global.options) {
    if (option.hint.kind == ValueKind::format) {
      text += format_lines(outline, option);
    }
  }
  text += "\n# What some commands take\n";
  for (const Shared& shared : shared_options(outline)) {
    text += option_line(*shared.option, fmt::format(" -n '__dgauth_command_is {}'", joined(shared.commands)));
  }
  text += "\n# Arguments\n";
  for (const Shared& shared : shared_arguments(outline)) {
    text += argument_line(shared);
  }
  return text;
}

}  // namespace dgauth::completion
