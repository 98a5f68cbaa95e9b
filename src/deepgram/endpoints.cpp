// SPDX-License-Identifier: MIT
#include "deepgram/endpoints.hpp"

#include <utility>

#include <fmt/format.h>

#include "base/version.hpp"
#include "deepgram/wire_format.hpp"

namespace dgauth::deepgram {
namespace {

std::string user_agent() { return fmt::format("dgauth/{}", version()); }

}  // namespace

http::Request empty_request(std::string_view method, std::string url) {
  http::Request request;
  request.method = method;
  request.url = std::move(url);
  request.headers = {{"User-Agent", user_agent()}};
  request.wanted_headers = {"dg-request-id"};
  return request;
}

http::Request grant_request(const BaseUrl& base_url, std::optional<Ttl> ttl) {
  http::Request request = empty_request("POST", base_url.endpoint("/v1/auth/grant"));
  request.headers.push_back({"Content-Type", "application/json"});
  request.body = encode_grant_request(ttl);
  return request;
}

}  // namespace dgauth::deepgram
