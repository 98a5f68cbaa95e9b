// SPDX-License-Identifier: MIT
#include "support/command_stage.hpp"

#include <fmt/format.h>

#include "base/version.hpp"

namespace dgauth::support {

StartedRequest grant_request_with(std::string_view key, std::string body) {
  return {.method = "POST",
          .url = "https://api.deepgram.com/v1/auth/grant",
          .headers = {{"User-Agent", fmt::format("dgauth/{}", version())}, {"Content-Type", "application/json"}},
          .authorization = fmt::format("Token {}", key),
          .body = std::move(body),
          .retry_policy = http::RetryPolicy::freely,
          .limits = {},
          .body_limit = 1024 * 1024,
          .wanted_headers = {"dg-request-id"}};
}

std::string grant_reply(std::string_view token, int expires_in) {
  return fmt::format(R"({{"access_token":"{}","expires_in":{}}})", token, expires_in);
}

}  // namespace dgauth::support
