// SPDX-License-Identifier: MIT
#pragma once

#include <utility>

#include "http/client.hpp"

namespace dgauth::support {

// start and run of a single request.
inline Result<http::Response> send(http::Client& client, http::Request request) {
  Result<http::Response> response = fail(ErrorKind::internal, "a request was never done");
  client.start(std::move(request), [&response](Result<http::Response> result) { response = std::move(result); });
  client.run();
  return response;
}

}  // namespace dgauth::support
