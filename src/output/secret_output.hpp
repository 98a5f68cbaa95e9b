// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "base/result.hpp"
#include "base/secret.hpp"
#include "session/context.hpp"

namespace dgauth::output {

// Writes `text`, which holds `secret`, to stdout, or to the file `out` if that is not empty ("-" is stdout too). Under
// GitHub Actions the runner is told first to mask the secret. ErrorKind::output when it did not get there.
Result<void> print_secret(const session::Context& context, const Secret& text, const Secret& secret,
                          const std::string& out);

// Tells the runner of GitHub Actions to mask `secret` in its logs; elsewhere nothing.
void mask_in_logs(const session::Context& context, const Secret& secret);

}  // namespace dgauth::output
