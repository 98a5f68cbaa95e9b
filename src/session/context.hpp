// SPDX-License-Identifier: MIT
#pragma once

#include "host/host.hpp"
#include "host/messages.hpp"
#include "http/client.hpp"
#include "options/global_options.hpp"

namespace dgauth::session {

// What a command works with besides its own options.
struct Context {
  const host::Host& host;
  const http::ClientFactory& make_client;
  const options::GlobalOptions& global;
  host::Messages messages;
};

}  // namespace dgauth::session
