// SPDX-License-Identifier: MIT
#include "deepgram/api.hpp"

#include <utility>

#include "deepgram/jwt.hpp"
#include "deepgram/replies.hpp"
#include "deepgram/requests.hpp"

namespace dgauth::deepgram {
namespace {

constexpr std::chrono::seconds tolerated_difference{5};

// What the token's own expiry leaves of its lifetime; the granted lifetime is not always sent.
std::optional<std::chrono::seconds> lifetime_by_claims(const Secret& token,
                                                       std::chrono::system_clock::time_point sent_at) {
  const std::optional<Claims> claims = decode_claims(token);
  if (!claims || !claims->expires_at) {
    return std::nullopt;
  }
  const auto lifetime = std::chrono::floor<std::chrono::seconds>(*claims->expires_at - sent_at);
  return lifetime >= std::chrono::seconds(1) && lifetime <= longest_life ? std::optional(lifetime) : std::nullopt;
}

}  // namespace

Api::Api(http::Client& client, BaseUrl base_url, Redactor& redactor)
    : client_(client), base_url_(std::move(base_url)), redactor_(redactor) {}

void Api::start(Call call, OnResponse on_done) {
  Inquiry inquiry{
      .purpose = call.purpose, .kind = call.credential.kind, .source = call.credential.source, .base_url = base_url_};
  auto judge = [this, inquiry = std::move(inquiry), secrets = std::move(call.secrets),
                on_done = std::move(on_done)](Result<http::Response> response) {
    if (!response || response->is_success()) {
      on_done(std::move(response));
      return;
    }
    Redactor redactor = redactor_;
    for (const Secret& secret : secrets) {
      redactor.add(secret);
    }
    on_done(fail(describe(*response, inquiry, redactor)));
  };
  start_unjudged(std::move(call), std::move(judge));
}

void Api::start_unjudged(Call call, OnResponse on_done) {
  http::Request& request = call.request;
  request.limits = call.limits;
  if (request.upgrade) {  // as browsers must, which cannot set headers
    request.upgrade->subprotocol = subprotocol_value(call.credential);
  } else {
    request.authorization = authorization_value(call.credential);
  }
  if (call.fresh_credential) {
    request.authorize = [ask = std::move(call.fresh_credential)](http::TakeAuthorization take) {
      ask([take = std::move(take)](const Result<Credential>& credential) {
        take(credential.map(authorization_value));
      });
    };
  }
  client_.start(std::move(request), [this, on_done = std::move(on_done)](Result<http::Response> response) {
    // Whatever token a response holds is known before anything of it is shown.
    if (const std::optional<Secret> token = response ? token_in(response->body) : std::nullopt) {
      redactor_.add(*token);
    }
    on_done(std::move(response));
  });
}

void Api::start_grant(std::optional<Ttl> ttl, const Credential& key, http::RequestLimits limits, OnToken on_done) {
  start({.request = grant_request(base_url_, ttl), .credential = key, .limits = limits, .purpose = Purpose::grant},
        [this, ttl, source = key.source, on_done = std::move(on_done)](const Result<http::Response>& response) {
          on_done(read_grant(ttl, response, source));
        });
}

Result<AccessToken> Api::grant(std::optional<Ttl> ttl, const Credential& key, http::RequestLimits limits) {
  Result<AccessToken> token = fail(ErrorKind::internal, "a grant got no response at all");
  start_grant(ttl, key, limits, [&token](Result<AccessToken> minted) { token = std::move(minted); });
  run();
  return token;
}

Result<AccessToken> Api::read_grant(std::optional<Ttl> ttl, const Result<http::Response>& response,
                                    const std::string& source) {
  if (!response) {
    return fail(response.error());
  }
  if (response->status != 200) {  // the only success that is documented
    return fail(describe(*response, {.purpose = Purpose::grant, .source = source, .base_url = base_url_}, redactor_));
  }
  Result<GrantReply> reply = response->is_truncated
                                 ? fail(ErrorKind::service, "the response is too large for a token: more than 1 MiB")
                                 : decode_grant_reply(response->body);
  const std::string request_id = redactor_.shown_id(response->header("dg-request-id"));
  if (!reply) {
    reply.error().http_status = response->status;
    reply.error().request_id = request_id;
    return fail(std::move(reply.error()));
  }
  auto lifetime = reply->expires_in;
  if (!lifetime) {
    lifetime = lifetime_by_claims(reply->token, response->sent_at);
    // The clock ran on while the request was on its way, and `exp` is whole seconds: that is not another lifetime.
    if (lifetime && ttl && std::chrono::abs(*lifetime - ttl->seconds()) <= tolerated_difference) {
      lifetime = ttl->seconds();
    }
  }
  return AccessToken{.value = std::move(reply->token),
                     .expires_in = lifetime,
                     .requested = ttl,
                     .sent_at = response->sent_at,
                     .request_id = request_id};
}

}  // namespace dgauth::deepgram
