// SPDX-License-Identifier: MIT
#include "cli/parser.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

#include <CLI/CLI.hpp>

#include "cli/usage_error.hpp"

// The only file that knows CLI11. Its conversions and messages are not used: they read 010 as 8 and repeat the value.
namespace dgauth::cli {
namespace {

using commands::Command;
using commands::Prepared;
using options::Declaration;
using options::Option;

void set_up_root(CLI::App& root) {
  root.name("dgauth");
  root.fallthrough();  // inherited by what is added later: global options may stand after the command's name
  root.require_subcommand(0, 1);
  root.set_help_flag();  // help, version and refused options are dealt with before parsing
}

CLI::App& add_command(CLI::App& root, const Command& command) {
  CLI::App& app = *root.add_subcommand(std::string(command.name), std::string(command.summary));
  app.set_help_flag();
  return app;
}

// `command`: whose option it is; nullptr: every command's.
Result<void> set_all(const Option& option, const std::vector<std::string>& texts, const Command* command) {
  for (const std::string& text : texts) {
    if (Result<void> set = option.set(text); !set) {
      if (set.error().hint.empty()) {
        set.error().hint = help_hint(command);
      }
      return fail_at(options::shown_name(option), ErrorKind::usage, std::move(set.error()));
    }
  }
  return {};
}

// Declares `option`. The first error of a value goes to `error`, and CLI11 then ends the parse.
CLI::Option* add_option(CLI::App& app, const Option& option, const Command* command, std::optional<Error>& error) {
  if (option.is_flag()) {
    CLI::Option* const flag = app.add_flag_callback(
        std::string(option.names), [&option] { static_cast<void>(option.set({})); }, std::string(option.description));
    // With a text of its own, CLI11 lists no other options that this one excludes.
    return flag->option_text(" ")->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
  }
  const bool is_argument = !option.names.starts_with('-');
  const auto take = [&option, &error, command, is_argument](const CLI::results_t& texts) {
    const auto dashed = std::ranges::find_if(texts, begins_with_dash);
    if (is_argument && dashed != texts.end()) {
      error = dashed_argument(*dashed);
      return false;
    }
    Result<void> set = set_all(option, texts, command);
    if (!set) {
      error = std::move(set.error());
    }
    return set.has_value();
  };
  CLI::Option* const added = app.add_option(std::string(option.names), take, std::string(option.description));
  if (option.is_repeatable) {
    added->expected(CLI::detail::expected_max_vector_size);
  } else if (!is_argument) {
    added->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);  // each is checked; the last wins
  }
  return added->option_text(std::string(option.value_name));
}

// What CLI11 has made of an option or argument. Its own look-up by name ends the program when memory runs out.
struct Added {
  const Option* option;
  CLI::Option* parsed;
  const Command* command;
};

std::vector<Added> add_declaration(CLI::App& app, const Declaration& declaration, const Command* command,
                                   std::optional<Error>& error) {
  std::vector<Added> added;
  for (const Option& argument : declaration.arguments) {
    added.push_back({&argument, add_option(app, argument, command, error), command});
  }
  for (const Option& option : declaration.options) {
    CLI::Option* const parsed = add_option(app, option, command, error);
    if (option.is_repeatable) {
      parsed->allow_extra_args(false);  // one word at a time: what follows is not swallowed
    }
    if (!option.excludes.empty()) {
      parsed->excludes(std::ranges::find_if(added, [&option](const Added& each) {
                         return options::long_name(*each.option) == option.excludes;
                       })->parsed);
    }
    added.push_back({&option, parsed, command});
  }
  return added;
}

// Options of a command are declared when its name is met on the command line: declaring all of them takes longer than
// a run that needs no network.
class Parser {
 public:
  Parser() : global_(options::declare_global_options(line_.global)) {
    set_up_root(root_);
    added_ = add_declaration(root_, global_, nullptr, error_);
    for (const Command& command : commands::all_commands()) {
      CLI::App& app = add_command(root_, command);
      app.preparse_callback([this, &app, &command](std::size_t /*words_left*/) { choose(command, app); });
    }
  }

  Result<CommandLine> parse(const std::vector<std::string>& all_args) {
    // What comes after `--` never gets to CLI11, which would want all arguments there, or none.
    const auto end = std::ranges::find(all_args, "--");
    const std::vector<std::string> args(all_args.begin(), end);
    bool is_refused = false;
    try {
      root_.parse(std::vector<std::string>(args.rbegin(), args.rend()));  // CLI11 reads from the back
    } catch (const CLI::ParseError&) {
      is_refused = true;
    }
    if (error_) {
      return fail(std::move(*error_));
    }
    std::optional<Error> error = flag_with_value(args, global_, nullptr);
    if (!error) {
      error = flag_with_value(args, own_.declaration, line_.command);
    }
    if (error) {
      return fail(std::move(*error));
    }
    if (is_refused) {
      return fail(usage_error(refused_line(args)));
    }
    if (end != all_args.end()) {
      TRY(take_arguments({std::next(end), all_args.end()}));
    }
    line_.run = std::move(own_.run);
    return std::move(line_);
  }

 private:
  void choose(const Command& command, CLI::App& app) {
    line_.command = &command;
    own_ = command.prepare();
    const std::vector<Added> own = add_declaration(app, own_.declaration, &command, error_);
    added_.insert(added_.end(), own.begin(), own.end());
  }

  // Each argument takes one word, unless an earlier one was its; one that is repeatable takes all that are left.
  Result<void> take_arguments(std::vector<std::string> words) {
    for (const Option& argument : own_.declaration.arguments) {
      if (words.empty() || (!argument.is_repeatable && count(argument) > 0)) {
        continue;
      }
      const auto end = argument.is_repeatable ? words.end() : std::next(words.begin());
      TRY(set_all(argument, {words.begin(), end}, line_.command));
      words.erase(words.begin(), end);
    }
    return words.empty() || line_.command == nullptr ? Result<void>()
                                                     : fail(unexpected_argument(words.front(), *line_.command));
  }

  std::size_t count(const Option& option) const {
    return std::ranges::find(added_, &option, &Added::option)->parsed->count();
  }

  RefusedLine refused_line(const std::vector<std::string>& args) const {
    RefusedLine line{.args = args, .known = {}, .left_over = root_.remaining(true), .command = line_.command};
    for (const auto& [option, parsed, command] : added_) {
      if (option->names.starts_with('-')) {
        line.known.push_back({.option = option, .count = parsed->count(), .command = command});
      }
    }
    return line;
  }

  CommandLine line_;
  std::optional<Error> error_;  // of the value of an option
  Declaration global_;
  Prepared own_;              // of the command that was met
  std::vector<Added> added_;  // of both
  CLI::App root_;
};

}  // namespace

Result<CommandLine> parse(const std::vector<std::string>& args) { return Parser().parse(args); }

}  // namespace dgauth::cli
