// SPDX-License-Identifier: MIT
#pragma once

#include "base/error.hpp"

namespace dgauth {

// The status a shell sees. Scripts rely on the numbers, so they never change meaning. Manual: EXIT STATUS.
enum class ExitStatus {
  ok = 0,
  failed = 1,         // the output could not be written, or a bug
  usage = 2,          // the command line cannot be carried out
  no_credential = 3,  // no credential, or the environment or configuration cannot be used
  refused = 4,        // the credential was refused
  forbidden = 5,      // good credential, not allowed this; or an expectation is not met
  limited = 6,        // quota or rate
  network = 7,        // no response from the network
  service = 8,        // the server failed or sent an invalid response; or an expectation is undecided
  rejected = 9,       // the request itself was rejected
};

// The status that an error ends the program with.
ExitStatus exit_status_of(ErrorKind kind);

}  // namespace dgauth
