// SPDX-License-Identifier: MIT
#include "deepgram/requests.hpp"

#include <utility>

#include <fmt/format.h>

#include "base/version.hpp"
#include "deepgram/replies.hpp"

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

http::Request listen_request(const BaseUrl& base_url, const http::Parameters& query) {
  http::Request request = empty_request("POST", http::with_query(base_url.endpoint("/v1/listen"), query));
  request.retry_policy = http::RetryPolicy::unless_billed;
  return request;
}

void set_media_url(http::Request& request, std::string_view url) {
  request.headers.push_back({"Content-Type", "application/json"});
  request.body = encode_listen_request(url);
}

void set_media_file(http::Request& request, std::shared_ptr<host::InputFile> file, std::string_view type) {
  request.headers.push_back({"Content-Type", std::string(type)});
  request.body_file = std::move(file);
}

}  // namespace dgauth::deepgram
