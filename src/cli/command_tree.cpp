// SPDX-License-Identifier: MIT
#include "cli/command_tree.hpp"

#include <fmt/format.h>

#include "base/text.hpp"
#include "cli/global_option_declarations.hpp"

namespace dgauth::cli {
namespace {

constexpr const char* description = "Mint Deepgram temporary tokens";

void set_up_root(CLI::App& root) {
  root.name("dgauth");
  root.fallthrough();  // inherited by what is added later: global options may stand after the command's name
  root.require_subcommand(0, 1);
  root.set_help_flag();  // help, version and refused options are dealt with before parsing
  root.get_formatter()->label("SUBCOMMAND", "COMMAND");
  root.get_formatter()->label("Subcommands", "Commands");
  root.footer("Run 'dgauth COMMAND --help' for its options, 'man dgauth' for everything.");
}

CLI::App& add_command(CLI::App& root, const commands::Command& command) {
  CLI::App& app = *root.add_subcommand(std::string(command.name), std::string(command.summary));
  app.set_help_flag();
  std::vector<std::string_view> formats(command.formats.begin(), command.formats.end());
  const std::string usual = fmt::format("{} (default)", formats.front());
  formats.front() = usual;
  app.footer(fmt::format("-o takes {}.", join_with_and(formats)));
  return app;
}

}  // namespace

std::unique_ptr<CommandTree> make_command_tree() {
  auto tree = std::make_unique<CommandTree>();
  tree->root = std::make_unique<CLI::App>(description);
  tree->global = std::make_shared<options::GlobalOptions>();
  set_up_root(*tree->root);
  declare_global_options(*tree->root, *tree->global);
  for (const commands::Command& command : commands::all_commands()) {
    CLI::App& app = add_command(*tree->root, command);
    app.preparse_callback([&app, &command, tree = tree.get()](std::size_t /*words_left*/) {
      tree->chosen = &command;
      tree->action = command.declare(app);
    });
  }
  return tree;
}

std::unique_ptr<CLI::App> whole_tree() {
  // Parsing nothing, it may outlive the options that it would fill: they go along in the callback that keeps them.
  auto root = std::make_unique<CLI::App>(description);
  auto global = std::make_shared<options::GlobalOptions>();
  set_up_root(*root);
  declare_global_options(*root, *global);
  for (const commands::Command& command : commands::all_commands()) {
    CLI::App& app = add_command(*root, command);
    app.callback([action = command.declare(app)] {});
  }
  root->callback([global] {});
  return root;
}

}  // namespace dgauth::cli
