// SPDX-License-Identifier: MIT
#include "base/exit_status.hpp"

namespace dgauth {

ExitStatus exit_status_of(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::usage: return ExitStatus::usage;
    case ErrorKind::config: return ExitStatus::no_credential;
    case ErrorKind::no_credential: return ExitStatus::no_credential;
    case ErrorKind::refused: return ExitStatus::refused;
    case ErrorKind::forbidden: return ExitStatus::forbidden;
    case ErrorKind::payment: return ExitStatus::limited;
    case ErrorKind::rate_limit: return ExitStatus::limited;
    case ErrorKind::network: return ExitStatus::network;
    case ErrorKind::service: return ExitStatus::service;
    case ErrorKind::rejected: return ExitStatus::rejected;
    case ErrorKind::output: return ExitStatus::failed;
    case ErrorKind::internal: return ExitStatus::failed;
  }
  return ExitStatus::failed;
}

}  // namespace dgauth
