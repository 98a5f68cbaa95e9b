// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <span>
#include <string_view>

#include "base/exit_status.hpp"
#include "base/result.hpp"
#include "commands/global_options.hpp"
#include "host/host.hpp"
#include "host/messages.hpp"
#include "http/exchange.hpp"

namespace CLI {
class App;
}

namespace dgauth::commands {

// What a command works with besides its own options.
struct Context {
  const host::Host& host;
  const http::ExchangeFactory& make_exchange;
  const GlobalOptions& global;
  host::Messages messages;
};

// What is left to do once the command line is understood.
using Action = std::function<Result<ExitStatus>(const Context&)>;

// A subcommand. Dispatch, help, completion and documents all derive from these records and the options they declare.
struct Command {
  std::string_view name;
  std::string_view summary;
  std::span<const std::string_view> formats;  // what -o takes; the first is the default
  Action (*declare)(CLI::App& app);           // declares the command's own options
};

std::span<const Command> all_commands();

// Thrown by option callbacks through CLI11, which lets no value out: the only exception of our own making that leaves
// a function. cli/ turns it into its Error.
struct BadOption {
  Error error;
};

}  // namespace dgauth::commands
