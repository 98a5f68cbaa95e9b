// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <span>
#include <string_view>

#include "base/exit_status.hpp"
#include "base/result.hpp"
#include "session/context.hpp"

namespace CLI {
class App;
}

namespace dgauth::commands {

// What is left to do once the command line is understood.
using Action = std::function<Result<ExitStatus>(const session::Context&)>;

// A subcommand. Dispatch, help, completion and documents all derive from these records and the options they declare.
struct Command {
  std::string_view name;
  std::string_view summary;
  std::span<const std::string_view> formats;  // what -o takes; the first is the default
  Action (*declare)(CLI::App& app);           // declares the command's own options
};

std::span<const Command> all_commands();

}  // namespace dgauth::commands
