// SPDX-License-Identifier: MIT
#pragma once

#include <memory>

#include "http/client.hpp"
#include "http/transport.hpp"

namespace dgauth::http {

// The Client that makes attempts through `transport` when the Scheduler says so.
std::unique_ptr<Client> make_scheduled_client(ClientSettings settings, std::unique_ptr<Transport> transport);

}  // namespace dgauth::http
