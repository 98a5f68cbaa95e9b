// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string_view>

#include "base/result.hpp"
#include "host/clock.hpp"
#include "http/message.hpp"
#include "http/proxy_setting.hpp"
#include "http/trust_store.hpp"

namespace dgauth::http {

// Sends requests side by side. Redirects are not followed. An Error means that there was no HTTP response, even after
// the retries that the request allows: network, service where the answer was not HTTP, rate_limit where an earlier
// response forbids to send anything within the request's time.
class Client {
 public:
  using Done = std::function<void(Result<Response>)>;

  virtual ~Client() = default;

  // Sends `request` once run() runs. `on_done` is called by run(), once, and may start more.
  virtual void start(Request request, Done on_done) = 0;

  // ErrorKind::rate_limit if a request with this policy and these limits would be turned away now, because the server
  // has asked for a longer pause.
  virtual Result<void> may_start(RetryPolicy policy, const RequestLimits& limits) const = 0;

  // Returns when everything that was started is done. Until then `on_tick`, unless it is empty, is called at least ten
  // times a second.
  virtual void run(const std::function<void()>& on_tick) = 0;
  void run() { run({}); }
};

struct ClientSettings {
  TrustStore trust_store;               // the system's if not chosen
  host::Clock clock;                    // tells the time; waiting is done by the network
  std::optional<ProxySetting> proxy{};  // for messages: libcurl reads the environment itself
  // Told, in our own words and without a secret, what happens on the wire; may be empty.
  std::function<void(std::string_view)> trace;
};

// Makes the Client on first use: what needs no network pays for none.
using ClientFactory = std::function<Result<std::unique_ptr<Client>>(ClientSettings)>;

}  // namespace dgauth::http
