// SPDX-License-Identifier: MIT
#include "cli/parser.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <utility>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "base/text.hpp"
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

// Also the dashes that are not ASCII, which web pages and word processors put in place of the one that is.
bool begins_with_dash(std::string_view text) {
  constexpr std::array<std::string_view, 5> dashes = {"-", "\u2010", "\u2013", "\u2014", "\u2212"};
  return text != "-" && std::ranges::any_of(dashes, [text](std::string_view dash) { return text.starts_with(dash); });
}

Result<void> set_all(const Option& option, const std::vector<std::string>& texts) {
  for (const std::string& text : texts) {
    if (Result<void> set = option.set(text); !set) {
      return fail_at(options::shown_name(option), ErrorKind::usage, std::move(set.error()));
    }
  }
  return {};
}

// Declares `option`. The first error of a value goes to `error`, and CLI11 then ends the parse.
CLI::Option* add_option(CLI::App& app, const Option& option, std::optional<Error>& error) {
  if (option.is_flag()) {
    CLI::Option* const flag = app.add_flag_callback(
        std::string(option.names), [&option] { static_cast<void>(option.set({})); }, std::string(option.description));
    // With a text of its own, CLI11 lists no other options that this one excludes.
    return flag->option_text(" ")->multi_option_policy(CLI::MultiOptionPolicy::Throw);
  }
  const bool is_argument = !option.names.starts_with('-');
  const auto take = [&option, &error, is_argument](const CLI::results_t& texts) {
    const auto dashed = std::ranges::find_if(texts, begins_with_dash);
    if (is_argument && dashed != texts.end()) {
      error = dashed_argument(*dashed);
      return false;
    }
    Result<void> set = set_all(option, texts);
    if (!set) {
      error = std::move(set.error());
    }
    return set.has_value();
  };
  CLI::Option* const added = app.add_option(std::string(option.names), take, std::string(option.description));
  if (option.is_repeatable) {
    added->expected(CLI::detail::expected_max_vector_size);
  }
  return added->option_text(std::string(option.value_name));
}

void add_declaration(CLI::App& app, const Declaration& declaration, std::optional<Error>& error) {
  for (const Option& argument : declaration.arguments) {
    add_option(app, argument, error);
  }
  for (const Option& option : declaration.options) {
    CLI::Option* const added = add_option(app, option, error);
    if (option.is_repeatable) {
      added->allow_extra_args(false);  // one word at a time: what follows is not swallowed
    }
    if (!option.excludes.empty()) {
      added->excludes(app.get_option(std::string(option.excludes)));
    }
  }
}

void add_known(std::vector<KnownOption>& known, const CLI::App& app, const Declaration& declaration) {
  for (const Option& option : declaration.options) {
    known.push_back({.option = &option, .count = app.count(std::string(options::shown_name(option)))});
  }
}

// Options of a command are declared when its name is met on the command line: declaring all of them takes longer than
// a run that needs no network.
class Parser {
 public:
  Parser() : global_(options::declare_global_options(line_.global)) {
    set_up_root(root_);
    add_declaration(root_, global_, error_);
    for (const Command& command : commands::all_commands()) {
      CLI::App& app = add_command(root_, command);
      app.preparse_callback([this, &app, &command](std::size_t /*words_left*/) { choose(command, app); });
    }
  }

  Result<CommandLine> parse(const std::vector<std::string>& all_args) {
    // What stands behind `--` never gets to CLI11, which would want all arguments there, or none.
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
    for (const Declaration* const declaration : {&global_, &own_.declaration}) {
      if (std::optional<Error> error = flag_with_value(args, *declaration)) {
        return fail(std::move(*error));
      }
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
    app_ = &app;
    own_ = command.prepare();
    add_declaration(app, own_.declaration, error_);
  }

  // Each argument takes one word, unless an earlier one was its; one that is repeatable takes all that are left.
  Result<void> take_arguments(std::vector<std::string> words) {
    for (const Option& argument : own_.declaration.arguments) {
      if (words.empty() || (!argument.is_repeatable && app_->count(std::string(argument.names)) > 0)) {
        continue;
      }
      const auto end = argument.is_repeatable ? words.end() : std::next(words.begin());
      TRY(set_all(argument, {words.begin(), end}));
      words.erase(words.begin(), end);
    }
    return words.empty() || app_ == nullptr ? Result<void>() : fail(unexpected_argument(words.front()));
  }

  RefusedLine refused_line(const std::vector<std::string>& args) const {
    RefusedLine line{
        .args = args, .known = {}, .left_over = root_.remaining(true), .has_command = line_.command != nullptr};
    add_known(line.known, root_, global_);
    if (app_ != nullptr) {
      add_known(line.known, *app_, own_.declaration);
    }
    return line;
  }

  CommandLine line_;
  std::optional<Error> error_;  // of the value of an option
  Declaration global_;
  Prepared own_;                   // of the command that was met
  const CLI::App* app_ = nullptr;  // the same command
  CLI::App root_;
};

std::string formats_line(const Command& command) {
  std::vector<std::string_view> names;
  for (const options::Word& format : command.formats) {
    names.push_back(format.name);
  }
  const std::string usual = fmt::format("{} (default)", names.front());
  names.front() = usual;
  return fmt::format("-o takes {}.", join_with_and(names));
}

}  // namespace

Result<CommandLine> parse(const std::vector<std::string>& args) { return Parser().parse(args); }

std::string help_text(std::string_view name) {
  std::optional<Error> error;
  options::GlobalOptions values;
  const Declaration global = options::declare_global_options(values);
  CLI::App root("Mint Deepgram temporary tokens");
  set_up_root(root);
  root.get_formatter()->label("SUBCOMMAND", "COMMAND");
  root.footer("Run 'dgauth COMMAND --help' for its options, 'man dgauth' for everything.");
  add_declaration(root, global, error);
  for (CLI::Option* const option : root.get_options()) {
    option->group("Options of every command");
  }
  CLI::App* chosen = nullptr;
  Prepared own;
  for (const Command& command : commands::all_commands()) {
    CLI::App& app = add_command(root, command);
    app.group("Commands");
    if (command.name == name) {
      chosen = &app;
      own = command.prepare();
      add_declaration(app, own.declaration, error);
      app.footer(formats_line(command));
    }
  }
  if (chosen == nullptr) {
    return root.help();
  }
  const auto& formatter = dynamic_cast<const CLI::Formatter&>(*root.get_formatter());
  return chosen->help("dgauth") + formatter.make_groups(&root, CLI::AppFormatMode::Normal);
}

}  // namespace dgauth::cli
