// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include "base/result.hpp"
#include "credentials/api_key.hpp"
#include "deepgram/api.hpp"
#include "session/context.hpp"

namespace dgauth::session {

// Flags, environment and configuration brought together, once for each run of a command: which service is asked, with
// which key, within which limits. Owns the one HTTP client of the process and knows the secrets in play.
class Session {
 public:
  // Reads the configuration and settles profile and base URL; warns of a host that is neither Deepgram's nor chosen
  // explicitly. Nothing is sent, and no key looked for. ErrorKind::config, or usage for a --cacert that cannot be used.
  // `context` must outlive it.
  static Result<std::unique_ptr<Session>> open(const Context& context);
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  const Context& context() const { return context_; }
  const host::Host& host() const { return context_.host; }
  const host::Messages& messages() const { return context_.messages; }
  const deepgram::BaseUrl& base_url() const { return base_url_; }
  const std::optional<credentials::Profile>& profile() const { return key_search_.profile; }
  // `total` is how long an operation may take unless --timeout says so.
  http::RequestLimits limits(std::chrono::seconds total = std::chrono::seconds(30)) const;

  // As credentials::find_api_key and find_access_token.
  Result<credentials::FoundSecret> find_key();
  Result<credentials::FoundSecret> find_access_token();
  // Keeps a secret that came from elsewhere, the token cache say, out of what a server's words show.
  void keep_out_of_messages(const Secret& secret) { redactor_.add(secret); }
  // The key as --dry-run shows it: checked where that needs no action, and never in full.
  Result<std::string> placeholder_for_key();

  // The way to Deepgram. The HTTP client is made on first use: what needs no network pays for none. ErrorKind::config
  // for a trust store of the environment that cannot be used. Lives as long as the session.
  Result<deepgram::Api*> api();

 private:
  explicit Session(const Context& context) : context_(context) {}

  const Context& context_;
  credentials::KeySearch key_search_;
  deepgram::BaseUrl base_url_;
  http::TrustStore trust_store_;  // of --cacert; else settled with the client
  deepgram::Redactor redactor_;
  std::unique_ptr<http::Client> client_;
  std::optional<deepgram::Api> api_;
};

}  // namespace dgauth::session
