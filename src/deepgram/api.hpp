// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "deepgram/access_token.hpp"
#include "deepgram/base_url.hpp"
#include "deepgram/credential.hpp"
#include "deepgram/redactor.hpp"
#include "deepgram/service_error.hpp"
#include "http/client.hpp"

namespace dgauth::deepgram {

using TakeCredential = std::function<void(Result<Credential>)>;

// What is sent, with which credential and within which limits.
struct Call {
  http::Request request;  // without a credential
  Credential credential;
  // Asked before each attempt for the one to send, of the same kind, unless it is empty; as http::Request::authorize.
  std::function<void(TakeCredential)> fresh_credential{};
  http::RequestLimits limits;
  Purpose purpose = Purpose::other;
  std::vector<Secret> secrets{};  // that the server may repeat, besides those that the Redactor knows
};

// The way to Deepgram: every request goes through here. Adds the credential and the limits to a request, tells what a
// refusal means, and makes the server's words safe to show.
class Api {
 public:
  using OnResponse = std::function<void(Result<http::Response>)>;
  using OnToken = std::function<void(Result<AccessToken>)>;

  // `client` and `redactor` must outlive it. `redactor` learns the tokens that are minted.
  Api(http::Client& client, BaseUrl base_url, Redactor& redactor);

  const BaseUrl& base_url() const { return base_url_; }

  // Sends `call` once run() runs; `on_done` is called by run(), once, and may start more calls. Hands on a success
  // (2xx). Any other response becomes the Error that describe() makes of it; so does no response (network, or service
  // where it was not HTTP).
  void start(Call call, OnResponse on_done);
  // The same, but hands on a response whatever its status, for those who judge it themselves.
  void start_unjudged(Call call, OnResponse on_done);
  // Mints a temporary token with `key`, an API key. A role that is too low is forbidden, a bad key refused, a success
  // without a usable token service.
  void start_grant(std::optional<Ttl> ttl, const Credential& key, http::RequestLimits limits, OnToken on_done);
  // start_grant and run for a single token.
  Result<AccessToken> grant(std::optional<Ttl> ttl, const Credential& key, http::RequestLimits limits);

  // ErrorKind::rate_limit if a transcription with these limits would not be sent now; as http::Client::may_start.
  Result<void> may_transcribe(const http::RequestLimits& limits) const {
    return client_.may_start(http::RetryPolicy::unless_billed, limits);
  }

  // Returns when everything that was started is done. `on_tick` as in http::Client.
  void run(const std::function<void()>& on_tick = {}) { client_.run(on_tick); }

  // Knows the secrets in play, and makes a server's words safe to show.
  const Redactor& redactor() const { return redactor_; }

 private:
  Result<AccessToken> read_grant(std::optional<Ttl> ttl, const Result<http::Response>& response,
                                 const std::string& source);

  http::Client& client_;
  BaseUrl base_url_;
  Redactor& redactor_;
};

}  // namespace dgauth::deepgram
