// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "deepgram/probe.hpp"
#include "http/client.hpp"

namespace dgauth::deepgram {

// What GET /v1/auth/token says of a credential. Documented in prose only, so for information and never for a verdict;
// whether it knows access tokens or lists what a role includes is not documented.
struct Identity {
  std::string key_id;  // all may be shown; empty where the answer does not have them
  std::string created;
  std::vector<std::string> scopes;

  bool operator==(const Identity&) const = default;
};

// Nothing if the answer is odd in any way.
std::optional<Identity> decode_identity(std::string_view body, const Redactor& redactor);

http::Request identity_request(const BaseUrl& base_url);

struct ProbeResults {
  std::vector<ProbeResult> results;  // of all probes in their order; `skipped` where not asked for
  std::optional<Identity> identity;
};

// Sends the probes named, and the question who this is, side by side; waits for all. `limits` is that of the whole
// round, controls included; `redactor` knows the secrets in play.
ProbeResults run_probes(http::Client& client, const BaseUrl& base_url, const Credential& credential,
                        const Redactor& redactor, http::RequestLimits limits, std::span<const std::string> names);

// What run_probes would have found with nothing asked.
ProbeResults nothing_probed(std::string_view why);

}  // namespace dgauth::deepgram
