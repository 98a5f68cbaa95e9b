// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include "completion/outline.hpp"

namespace dgauth::completion {
namespace {

using options::Option;
using options::ValueHint;
using options::ValueKind;
using options::Word;

constexpr std::string_view begin = R"sh(#compdef dgauth
# zsh completion for dgauth, written by 'dgauth completion zsh'.

# The names in the [profiles.NAME] lines of the configuration. Names in quotes are left out where
# they have an escape, or what a shell would evaluate.
_dgauth_profiles() {
    local file=${opt_args[--config]:-${opt_args[-c]:-${config:-$DGAUTH_CONFIG}}}
    local directory=$HOME/.config
    if [[ $XDG_CONFIG_HOME == /* ]]; then
        directory=$XDG_CONFIG_HOME
    fi
    file=${${(Q)file}/#\~\//$HOME/}
    file=${file:-$directory/dgauth/config.toml}

    local table='^[[:blank:]]*\[[[:blank:]]*profiles[[:blank:]]*\.[[:blank:]]*' end='[[:blank:]]*\].*'
    local plain='[A-Za-z0-9_-]\{1,\}' quoted='[^][:cntrl:]"\\$`'\'']\{1,\}'
    local -a names
    if [[ -f $file && -r $file ]]; then
        names=(${(f)"$(sed -n -e "s/$table\($plain\)$end/\1/p" \
            -e "s/$table\([\"']\)\($quoted\)\1$end/\2/p" <$file)"})
    fi
    _wanted profiles expl profile compadd -a names
}

# The words after the first, which come with what they mean.
_dgauth_words() {
    local -a described
    described=("${@:2}")
    _describe -t values $1 described
}

# The same for the NAME of NAME=VALUE; the value is for the user to write.
_dgauth_names() {
    local -a described
    described=("${@:2}")
    _describe -t values $1 described -S =
}

_dgauth() {
    local curcontext=$curcontext config expl state
    local -A opt_args
    local -a commands global_options own

    global_options=(
)sh";

constexpr std::string_view choose_command = R"sh(    # _arguments would go on to offer commands there.
    if (( ${words[(I)--]} > 0 && ${words[(I)--]} < CURRENT )); then
        return 1
    fi

    _arguments -C -S -s : $global_options '(-)1: :->command' '(-)*:: :->rest' && return

    case $state in
        command)
            _describe -t commands command commands
            return
            ;;
        rest)
            # What --config said before the command: the next call empties opt_args.
            config=${opt_args[--config]:-$opt_args[-c]}
            ;;
        *)
            return 1
            ;;
    esac

    case $words[1] in
)sh";

constexpr std::string_view end = R"sh(        *)
            return 1
            ;;
    esac
}

_dgauth "$@"
)sh";

// What may stand between single quotes.
std::string unquoted(std::string_view text) {
  std::string result;
  for (const char c : text) {
    result += c == '\'' ? std::string("'\\''") : std::string(1, c);
  }
  return result;
}

std::string as_argument(std::string_view text) { return "\"" + escaped(text, "\"$`\\") + "\""; }

// "name:meaning", for _describe.
std::string described(const Word& word) {
  return word.meaning.empty() ? std::string(word.name) : fmt::format("{}:{}", word.name, word.meaning);
}

std::string described_words(std::span<const Word> words) {
  std::string text;
  for (const Word& word : words) {
    text += " " + as_argument(described(word));
  }
  return text;
}

// The part of an _arguments specification that says how a value is completed.
std::string action(const ValueHint& hint, std::string_view value_name) {
  switch (hint.kind) {
    case ValueKind::unknown: return {};
    case ValueKind::file: return "_files";
    case ValueKind::directory: return "_files -/";
    case ValueKind::profile: return "_dgauth_profiles";
    case ValueKind::format:
    case ValueKind::word:
    case ValueKind::suggestion: return fmt::format(" _dgauth_words {}{}", value_name, described_words(hint.words));
    case ValueKind::assignment: return fmt::format(" _dgauth_names {}{}", value_name, described_words(hint.words));
    case ValueKind::word_list: break;
  }
  std::string values;
  for (const Word& word : hint.words) {
    values += " " + as_argument(fmt::format("{}[{}]", word.name, escaped(word.meaning, "]")));
  }
  return fmt::format(" _values -s , {}{}", value_name, values);
}

std::string value_part(const Option& option, std::span<const Word> formats) {
  if (option.is_flag()) {
    return {};
  }
  const bool is_format = option.hint.kind == ValueKind::format;
  const ValueHint hint{.kind = option.hint.kind, .words = is_format ? formats : option.hint.words};
  // A colon would end the action of an option, though not that of an argument.
  return fmt::format(":{}:{}", option.value_name, escaped(action(hint, option.value_name), ":"));
}

// The names that may not stand on the line once this option does.
std::string excluded(const Option& option, const std::vector<Option>& all) {
  std::vector<std::string_view> names;
  if (!options::short_name(option).empty() && !option.is_repeatable) {
    names = names_of(option);
  }
  for (const Option& other : all) {
    const std::string_view name = options::long_name(other);
    if ((!option.excludes.empty() && option.excludes == name) || other.excludes == options::long_name(option)) {
      names.push_back(name);
    }
  }
  return names.empty() ? "" : fmt::format("({})", joined(names));
}

// `'(-c --config)'{-c+,--config=}'[Configuration file]:FILE:_files'`.
std::string specification(const Option& option, const std::vector<Option>& all, std::span<const Word> formats) {
  const std::string before = (option.is_repeatable ? "*" : "") + excluded(option, all);
  const std::string after = fmt::format("[{}]{}", escaped(option.description, "]\\"), value_part(option, formats));
  const std::string_view short_name = options::short_name(option);
  const std::string long_name = std::string(options::long_name(option)) + (option.is_flag() ? "" : "=");
  if (short_name.empty()) {
    return fmt::format("'{}{}{}'", before, long_name, unquoted(after));
  }
  return fmt::format("'{}'{{{}{},{}}}'{}'", before, short_name, option.is_flag() ? "" : "+", long_name,
                     unquoted(after));
}

std::string argument_specification(const Option& argument) {
  return fmt::format("'{}:{}:{}'", argument.is_repeatable ? "*" : "1", argument.names,
                     unquoted(action(argument.hint, argument.names)));
}

std::string command_arm(const CommandOutline& command, const Option* output) {
  std::string text = fmt::format("        {})\n", command.name);
  if (!command.takes_global_options) {
    return text + fmt::format("            _arguments -S : {}\n            ;;\n",
                              argument_specification(command.declaration.arguments.front()));
  }
  text += "            own=(\n";
  if (output != nullptr) {
    text += fmt::format("                {}\n", specification(*output, {}, command.formats));
  }
  for (const Option& option : command.declaration.options) {
    text += fmt::format("                {}\n", specification(option, command.declaration.options, {}));
  }
  for (const Option& argument : command.declaration.arguments) {
    text += fmt::format("                {}\n", argument_specification(argument));
  }
  return text + "            )\n            _arguments -S -s : ${global_options:#*--output*} $own\n            ;;\n";
}

}  // namespace

std::string zsh_script(const Outline& outline) {
  std::string text(begin);
  const std::vector<Word> formats = all_formats(outline);
  const Option* output = nullptr;
  for (const Option& option : outline.global.options) {
    text += fmt::format("        {}\n", specification(option, outline.global.options, formats));
    output = option.hint.kind == ValueKind::format ? &option : output;
  }
  text += "    )\n    commands=(\n";
  for (const CommandOutline& command : outline.commands) {
    text += fmt::format("        '{}:{}'\n", command.name, unquoted(command.summary));
  }
  text += "    )\n\n" + std::string(choose_command);
  for (const CommandOutline& command : outline.commands) {
    text += command_arm(command, output);
  }
  return text + std::string(end);
}

}  // namespace dgauth::completion
