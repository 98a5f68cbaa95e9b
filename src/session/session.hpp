// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include "base/result.hpp"
#include "credentials/api_key.hpp"
#include "deepgram/api.hpp"
#include "session/context.hpp"

namespace dgauth::session {

// A mint or a check takes no longer, unless --timeout says so.
inline constexpr std::chrono::seconds time_for_one_request{30};

// Where to look for a key with these options and this configuration, whose profile in force is `profile`.
credentials::KeySearch key_search(const options::GlobalOptions& global, const credentials::Config& config,
                                  std::optional<credentials::Profile> profile);

// Flags, environment and configuration brought together, once for each run of a command: which service is asked, with
// which key, within which limits. Owns the one HTTP client of the process and knows the secrets in play.
class Session {
 public:
  // Reads the configuration and settles profile and base URL; warns of a host that is neither Deepgram's nor chosen
  // explicitly. Nothing is sent, and no key looked for. ErrorKind::config, or usage for a --cacert that cannot be used.
  // `context` must outlive it. The time for the whole operation, `total` unless --timeout says so, begins here; the
  // user who types a key does not use it up.
  static Result<std::unique_ptr<Session>> open(const Context& context,
                                               std::chrono::seconds total = time_for_one_request);
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  const Context& context() const { return context_; }
  const host::Host& host() const { return context_.host; }
  const host::Messages& messages() const { return context_.messages; }
  const deepgram::BaseUrl& base_url() const { return base_url_; }
  const std::optional<credentials::Profile>& profile() const { return key_search_.profile; }
  // Of a request that is the whole operation, or precedes it: within what is left of its time. ErrorKind::network if
  // nothing is.
  Result<http::RequestLimits> limits_left() const;
  // Of one of many requests, which has time of its own: `total` unless --timeout says so.
  http::RequestLimits limits_of_each(std::chrono::seconds total = time_for_one_request) const;

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
  Session(const Context& context, std::chrono::seconds total)
      : context_(context), total_(context.global.timeout.value_or(total)), ends_at_(now() + total_) {}
  std::chrono::steady_clock::time_point now() const { return host().clock.steady_now(); }
  std::chrono::milliseconds time_left() const;
  // `own`, or what is left if that is less.
  std::chrono::milliseconds at_most(std::chrono::milliseconds own) const { return std::min(own, time_left()); }
  // What `error` is once the time for the whole operation is over: that is said, too.
  Error explained(Error error) const;
  template <typename T>
  Result<T> in_time(Result<T> result) const {
    return result ? std::move(result) : fail(explained(std::move(result.error())));
  }

  const Context& context_;
  std::chrono::seconds total_;  // for the whole operation
  std::chrono::steady_clock::time_point ends_at_;
  credentials::KeySearch key_search_;
  deepgram::BaseUrl base_url_;
  http::TrustStore trust_store_;  // of --cacert; else settled with the client
  deepgram::Redactor redactor_;
  std::unique_ptr<http::Client> client_;
  std::optional<deepgram::Api> api_;
};

}  // namespace dgauth::session
