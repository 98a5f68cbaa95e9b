// SPDX-License-Identifier: MIT
#include "commands/completion.hpp"

#include "commands/pages.hpp"
#include "completion/outline.hpp"
#include "options/enum_names.hpp"
#include "options/global_options.hpp"
#include "options/typed_word.hpp"

namespace dgauth::commands {
namespace {

constexpr std::array<options::EnumName<Shell>, 3> shells = {{
    {"bash", Shell::bash, "for bash, with or without bash-completion"},
    {"zsh", Shell::zsh, "for zsh"},
    {"fish", Shell::fish, "for fish"},
}};
constexpr std::array<options::Word, 3> shell_words = options::words_of(shells);

Result<Shell> parse_shell(std::string_view text) {
  if (const std::optional<Shell> shell = options::find_named(shells, text)) {
    return *shell;
  }
  return fail(ErrorKind::usage, "must be bash, zsh or fish", options::suggestion(text, shell_words));
}

// What `help` takes: the names of all commands, and topics.
std::vector<options::Word> help_words() {
  std::vector<options::Word> words;
  for (const Command& command : all_commands()) {
    words.push_back({.name = command.name, .meaning = command.summary});
  }
  words.insert(words.end(), help_topics().begin(), help_topics().end());
  return words;
}

std::string script_of(Shell shell, const completion::Outline& outline) {
  switch (shell) {
    case Shell::bash: return completion::bash_script(outline);
    case Shell::zsh: return completion::zsh_script(outline);
    case Shell::fish: break;
  }
  return completion::fish_script(outline);
}

std::string script_of(Shell shell) {
  options::GlobalOptions unused;
  const std::vector<options::Word> topics = help_words();
  completion::Outline outline{.global = options::declare_global_options(unused)};
  for (const Command& command : all_commands()) {
    outline.commands.push_back({.name = command.name,
                                .summary = command.summary,
                                .formats = command.formats,
                                .declaration = command.prepare().declaration});
  }
  outline.commands.push_back(
      {.name = "help", .summary = "Show the help of a command or on a topic", .takes_global_options = false});
  outline.commands.back().declaration.arguments.push_back(
      {.names = "TOPIC", .value_name = "TOPIC", .hint = {.kind = options::ValueKind::word, .words = topics}});
  return script_of(shell, outline);
}

}  // namespace

constexpr std::array<options::Word, 1> completion_formats = {{{"text", "the script", "The script."}}};

options::Declaration declare_completion(CompletionOptions& options) {
  options::Declaration declaration;
  declaration.arguments.push_back({.names = "shell",
                                   .value_name = "SHELL",
                                   .description = "Shell: bash, zsh or fish",
                                   .details = "The shell to print the script for: `bash`, `zsh` or `fish`.",
                                   .hint = {.kind = options::ValueKind::word, .words = shell_words},
                                   .set = options::parsed_into(options.shell, parse_shell)});
  return declaration;
}

Result<ExitStatus> run_completion(const CompletionOptions& options, const session::Context& context) {
  if (!options.shell) {
    return fail(ErrorKind::usage, "completion needs a shell: bash, zsh or fish",
                "for example 'dgauth completion bash'");
  }
  if (context.global.dry_run) {
    context.messages.warn("nothing would be sent: the script is made on this machine");
    return ExitStatus::ok;
  }
  TRY(context.host.console.write_out(script_of(*options.shell)));
  return ExitStatus::ok;
}

}  // namespace dgauth::commands
