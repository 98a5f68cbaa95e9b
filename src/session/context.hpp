// SPDX-License-Identifier: MIT
#pragma once

#include "host/host.hpp"
#include "host/messages.hpp"
#include "http/client.hpp"
#include "options/global_options.hpp"
#include "options/output_choice.hpp"

namespace dgauth::session {

// What a command works with besides its own options.
struct Context {
  const host::Host& host;
  const http::ClientFactory& make_client;
  const options::GlobalOptions& global;
  options::OutputChoice output;  // what -o and --json mean for the command
  host::Messages messages;
};

}  // namespace dgauth::session
