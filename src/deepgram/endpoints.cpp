// SPDX-License-Identifier: MIT
#include "deepgram/endpoints.hpp"

#include <fmt/format.h>

#include "deepgram/wire_format.hpp"

namespace dgauth::deepgram {

http::Request grant_request(const BaseUrl& base_url, std::optional<Ttl> ttl) {
  http::Request request;
  request.method = "POST";
  request.url = base_url.endpoint("/v1/auth/grant");
  request.headers = {{"Content-Type", "application/json"}};
  request.body = encode_grant_request(ttl);
  request.wanted_headers = {"dg-request-id"};
  return request;
}

}  // namespace dgauth::deepgram
