// SPDX-License-Identifier: MIT
#include "base/error.hpp"

namespace dgauth {

std::string_view name_of(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::usage: return "usage";
    case ErrorKind::config: return "config";
    case ErrorKind::no_credential: return "no_credential";
    case ErrorKind::refused: return "refused";
    case ErrorKind::forbidden: return "forbidden";
    case ErrorKind::payment: return "payment";
    case ErrorKind::rate_limit: return "rate_limit";
    case ErrorKind::network: return "network";
    case ErrorKind::service: return "service";
    case ErrorKind::rejected: return "rejected";
    case ErrorKind::output: return "output";
    case ErrorKind::internal: return "internal";
  }
  return "internal";
}

}  // namespace dgauth
