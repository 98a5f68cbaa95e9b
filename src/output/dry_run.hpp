// SPDX-License-Identifier: MIT
#pragma once

#include "base/exit_status.hpp"
#include "base/result.hpp"
#include "http/message.hpp"
#include "session/context.hpp"
#include "session/token_source.hpp"

namespace dgauth::output {

// Prints `request`, which holds no secret, as it would be sent, with `authorization` (`Token <redacted>`, say) for its
// credential: as HTTP text, or as -o json or -o curl have it. Without `authorization` there is no such header; with
// `body_file` the body is what that file holds.
Result<ExitStatus> show_request(const session::Context& context, const http::Request& request,
                                std::string_view authorization, std::string_view body_file = {});

// The same for the request that mint() with these options would send.
Result<ExitStatus> show_mint(session::Session& session, const options::MintOptions& options);

}  // namespace dgauth::output
