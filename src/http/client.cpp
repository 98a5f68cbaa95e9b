// SPDX-License-Identifier: MIT
#include "http/client.hpp"

namespace dgauth::http {

Result<Response> send(Exchange& exchange, Request request) {
  Result<Response> answer = fail(ErrorKind::internal, "a request was not answered at all");
  exchange.start(std::move(request), [&answer](Result<Response> result) { answer = std::move(result); });
  exchange.run();
  return answer;
}

}  // namespace dgauth::http
