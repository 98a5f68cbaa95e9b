// SPDX-License-Identifier: MIT
#include "deepgram/endpoints.hpp"

#include <fmt/format.h>

#include "base/version.hpp"
#include "deepgram/wire_format.hpp"

namespace dgauth::deepgram {
namespace {

std::string user_agent() { return fmt::format("dgauth/{}", version()); }

}  // namespace

http::Request grant_request(const BaseUrl& base_url, std::optional<Ttl> ttl) {
  http::Request request;
  request.method = "POST";
  request.url = base_url.endpoint("/v1/auth/grant");
  request.headers = {{"User-Agent", user_agent()}, {"Content-Type", "application/json"}};
  request.body = encode_grant_request(ttl);
  request.wanted_headers = {"dg-request-id"};
  return request;
}

}  // namespace dgauth::deepgram
