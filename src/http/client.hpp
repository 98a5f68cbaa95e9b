// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <memory>
#include <string_view>

#include "base/result.hpp"
#include "host/host.hpp"
#include "http/message.hpp"
#include "http/trust_store.hpp"

namespace dgauth::http {

// Sends requests side by side. Redirects are not followed; an Error (network, or service where the answer was no HTTP)
// means that there was no HTTP answer, even after the retries that the request allows.
class Client {
 public:
  using Done = std::function<void(Result<Response>)>;

  virtual ~Client() = default;

  // Sends `request` once run() runs and `delay` has passed. `on_done` is called by run(), once, and may start more.
  virtual void start(Request request, Done on_done, std::chrono::milliseconds delay) = 0;
  void start(Request request, Done on_done) { start(std::move(request), std::move(on_done), {}); }

  // Returns when everything that was started is done. `on_tick` is called several times a second meanwhile; may be
  // empty.
  virtual void run(const std::function<void()>& on_tick) = 0;
  void run() { run({}); }
};

// start and run for a single request.
Result<Response> send(Client& client, Request request);

struct ClientSettings {
  TrustStore trust_store;  // the system's if not chosen
  host::Clock clock;
  // Told, in our own words and without a secret, what happens on the wire; may be empty.
  std::function<void(std::string_view)> trace;
};

// Makes the Client on first use: what needs no network pays for none.
using ClientFactory = std::function<Result<std::unique_ptr<Client>>(ClientSettings)>;

}  // namespace dgauth::http
