// SPDX-License-Identifier: MIT
#pragma once

#include "commands/command.hpp"
#include "commands/mint.hpp"
#include "http/message.hpp"

namespace dgauth::commands {

// What -o takes with --dry-run, besides the formats of the command, which then show as text.
std::span<const std::string_view> dry_run_formats();

// Prints `request`, which holds no secret, as it would be sent, with `authorization` (`Token <redacted>`, say) for its
// credential: as HTTP text, or as -o json or -o curl have it. Without `authorization` there is no such header; with
// `body_file` the body is what that file holds.
Result<ExitStatus> show_request(const Context& context, const http::Request& request, std::string_view authorization,
                                std::string_view body_file = {});

// The same for the request that mint() with these options would send.
Result<ExitStatus> show_mint(const Context& context, const Connection& connection, const MintOptions& options);

}  // namespace dgauth::commands
