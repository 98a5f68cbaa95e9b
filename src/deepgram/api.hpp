// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <optional>

#include "deepgram/access_token.hpp"
#include "deepgram/base_url.hpp"
#include "deepgram/credential.hpp"
#include "deepgram/redactor.hpp"
#include "http/client.hpp"

namespace dgauth::deepgram {

// Talks to the API with one credential.
class Api {
 public:
  // `client` must outlive the client.
  Api(http::Client& client, BaseUrl base_url, Credential credential, http::RequestLimits limits);

  // Mints a temporary token. What the service documents as "role too low" is forbidden, a bad key refused, a success
  // without a usable token service.
  Result<AccessToken> grant(std::optional<Ttl> ttl);
  // The same among other requests: `on_done` is called by the client's run(). The client must outlive that.
  void start_grant(std::optional<Ttl> ttl, std::function<void(Result<AccessToken>)> on_done);

 private:
  Result<AccessToken> read_grant(std::optional<Ttl> ttl, const Result<http::Response>& response) const;

  http::Client& client_;
  BaseUrl base_url_;
  Credential credential_;
  http::RequestLimits limits_;
  Redactor redactor_;
};

}  // namespace dgauth::deepgram
