// SPDX-License-Identifier: MIT
#include "http/client.hpp"

namespace dgauth::http {

Result<Response> send(Client& client, Request request) {
  Result<Response> answer = fail(ErrorKind::internal, "a request was not answered at all");
  client.start(std::move(request), [&answer](Result<Response> result) { answer = std::move(result); });
  client.run();
  return answer;
}

}  // namespace dgauth::http
