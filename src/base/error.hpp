// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace dgauth {

// What went wrong, as far as a caller's next step depends on it. Decided once, where the knowledge is; the exit
// status follows from it (exit_status.hpp).
enum class ErrorKind {
  usage,          // the command line cannot be carried out
  config,         // the environment or the configuration cannot be used
  no_credential,  // nothing to authenticate with
  refused,        // the service does not accept the credential
  forbidden,      // the credential is good but may not do this
  payment,        // no credit or quota left
  rate_limit,     // too many requests; worth a later try
  network,        // no HTTP response; worth a later try
  service,        // the service failed or sent an invalid response; worth a later try
  rejected,       // the request itself was rejected
  output,         // a result could not be written
  internal,       // a bug
};

// The name scripts see in JSON errors.
std::string_view name_of(ErrorKind kind);

// A failure on its way to the user. `message` and `hint` are lower case, one line, without a full stop. They
// contain no secret: text from a server has gone through deepgram::Redactor.
struct Error {
  ErrorKind kind = ErrorKind::internal;
  std::string message;
  std::string hint{};  // what to do about it; empty: `message` says enough
  std::optional<int> http_status{};
  std::string request_id{};     // the service's id of the request; empty: unknown
  bool is_of_one_file = false;  // of kind output: other files could still be written
};

}  // namespace dgauth
