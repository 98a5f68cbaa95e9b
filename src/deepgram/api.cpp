// SPDX-License-Identifier: MIT
#include "deepgram/api.hpp"

#include <utility>

#include "deepgram/jwt.hpp"
#include "deepgram/replies.hpp"
#include "deepgram/requests.hpp"
#include "deepgram/service_error.hpp"

namespace dgauth::deepgram {
namespace {

constexpr std::chrono::seconds tolerated_difference{5};

// What the token's own expiry leaves of its life; the granted life is not always sent.
std::optional<std::chrono::seconds> life_by_claims(const Secret& token, std::chrono::system_clock::time_point sent_at) {
  const std::optional<Claims> claims = decode_claims(token);
  if (!claims || !claims->expires_at) {
    return std::nullopt;
  }
  const auto life = std::chrono::floor<std::chrono::seconds>(*claims->expires_at - sent_at);
  return life >= std::chrono::seconds(1) && life <= std::chrono::hours(24) ? std::optional(life) : std::nullopt;
}

}  // namespace

Api::Api(http::Client& client, BaseUrl base_url, Credential credential, http::RequestLimits limits)
    : client_(client), base_url_(std::move(base_url)), credential_(std::move(credential)), limits_(limits) {
  redactor_.add(credential_.secret);
}

Result<AccessToken> Api::grant(std::optional<Ttl> ttl) {
  Result<AccessToken> token = fail(ErrorKind::internal, "a grant was not answered at all");
  start_grant(ttl, [&token](Result<AccessToken> answer) { token = std::move(answer); });
  client_.run();
  return token;
}

void Api::start_grant(std::optional<Ttl> ttl, std::function<void(Result<AccessToken>)> on_done) {
  http::Request request = grant_request(base_url_, ttl);
  request.authorization = authorization_value(credential_);
  request.limits = limits_;
  client_.start(std::move(request), [this, ttl, on_done = std::move(on_done)](const Result<http::Response>& response) {
    on_done(read_grant(ttl, response));
  });
}

Result<AccessToken> Api::read_grant(std::optional<Ttl> ttl, const Result<http::Response>& response) const {
  if (!response) {
    return fail(response.error());
  }
  if (response->status != 200) {
    return fail(describe(*response, Purpose::grant, credential_.kind, redactor_));
  }
  const std::string request_id = redactor_.sanitized(response->header("dg-request-id")).text();
  Result<GrantReply> reply = response->is_truncated ? fail(ErrorKind::service, "the answer to the grant is too large")
                                                    : decode_grant_reply(response->body);
  if (!reply) {
    reply.error().http_status = response->status;
    reply.error().request_id = request_id;
    return fail(std::move(reply.error()));
  }
  auto life = reply->expires_in;
  if (!life) {
    life = life_by_claims(reply->token, response->sent_at);
    // The clock ran on while the request was on its way, and `exp` is whole seconds: that is no other life.
    if (life && ttl && std::chrono::abs(*life - ttl->seconds()) <= tolerated_difference) {
      life = ttl->seconds();
    }
  }
  return AccessToken{.value = std::move(reply->token),
                     .expires_in = life,
                     .requested = ttl,
                     .sent_at = response->sent_at,
                     .request_id = request_id};
}

}  // namespace dgauth::deepgram
