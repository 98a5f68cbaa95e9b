// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string_view>

#include "base/exit_status.hpp"
#include "base/result.hpp"
#include "options/declaration.hpp"
#include "session/context.hpp"

namespace dgauth::commands {

// What is left to do once the command line is understood.
using Action = std::function<Result<ExitStatus>(const session::Context&)>;

// A command's own options, and what it does with the values that these set.
struct Prepared {
  options::Declaration declaration;
  Action run;
};

// Lines for a shell that show what a command is for. They work as they stand, and stop where something fails.
struct Example {
  std::string_view purpose;  // a phrase without a full stop
  std::string_view lines;
};

// When a command ends with a status, in its own words: a phrase without a full stop.
struct StatusMeaning {
  ExitStatus status;
  std::string_view meaning;
};

// What help and manual say of a command besides its options. Texts as in options::Option::details.
struct Page {
  std::string_view about;                         // paragraphs with an empty line between them
  std::span<const StatusMeaning> statuses;        // in their order
  std::span<const std::string_view> variables{};  // those of environment_variables() that it depends on most
  std::span<const Example> examples;
};

// A subcommand. Dispatch, help, manual, completion scripts and the test of the documents are made from these records.
struct Command {
  std::string_view name;
  std::string_view summary;                // one line without a full stop
  std::span<const options::Word> formats;  // what -o takes; the first is the default
  Prepared (*prepare)();
  Page page{};
};

// `prepare` of a command with these options: `declare` declares them, `run` runs the command.
template <typename Options, options::Declaration (*declare)(Options&),
          Result<ExitStatus> (*run)(const Options&, const session::Context&)>
Prepared prepare() {
  auto options = std::make_shared<Options>();
  options::Declaration declaration = declare(*options);
  return {.declaration = std::move(declaration),
          .run = [options](const session::Context& context) { return run(*options, context); }};
}

// In the order of --help.
std::span<const Command> all_commands();

}  // namespace dgauth::commands
