// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "base/exit_status.hpp"
#include "host/host.hpp"
#include "http/client.hpp"

namespace dgauth::cli {

// dgauth as a function: understands `args` (without the program's name), runs the command, reports what went wrong on
// stderr. Lets no exception out. `make_client` is called only if something is to be sent.
ExitStatus run(const std::vector<std::string>& args, const host::Host& host, const http::ClientFactory& make_client);

// Says on `console`, in one line that takes no memory, that the exception which is being handled ends the program; or
// if none is, that memory ran out before one could be thrown.
ExitStatus report_exception(host::Console& console, bool as_json) noexcept;

}  // namespace dgauth::cli
