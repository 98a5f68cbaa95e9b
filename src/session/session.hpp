// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "credentials/api_key.hpp"
#include "deepgram/access_token.hpp"
#include "deepgram/api.hpp"
#include "session/context.hpp"

namespace dgauth::session {

// Everything that decides which service is asked with which credential: flags, environment and configuration brought
// together, once for each run of a command.
class Session {
 public:
  // Reads the configuration and settles profile and base URL; warns of a host that is neither Deepgram's nor chosen
  // explicitly. Nothing is sent, and no key looked for.
  static Result<Session> open(const Context& context);

  const deepgram::BaseUrl& base_url() const { return base_url_; }
  const std::optional<credentials::Profile>& profile() const { return key_search_.profile; }

  Result<credentials::FoundSecret> find_key() const;
  // The key as --dry-run shows it: checked where that needs no action, and never there in full.
  Result<std::string> placeholder_for_key() const;

  // A way to send, with the trust store in force. `on_tick` as in http::ExchangeSettings.
  Result<std::unique_ptr<http::Client>> make_client(std::function<void()> on_tick = {}) const;
  // Time limits and retries in force; `total` is how long a whole operation may take unless --timeout says so.
  http::RequestLimits limits(std::chrono::seconds total = std::chrono::seconds(30)) const;

 private:
  explicit Session(const Context& context) : context_(&context) {}

  const Context* context_;
  credentials::KeySearch key_search_;
  deepgram::BaseUrl base_url_;
};

}  // namespace dgauth::session
