// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "deepgram/api.hpp"
#include "deepgram/probe.hpp"

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

// Sends the named probes and the identity request concurrently, and waits for all. `limits` are those of the whole run,
// controls included.
ProbeResults run_probes(Api& api, const Credential& credential, http::RequestLimits limits,
                        std::span<const std::string> names);

// What run_probes would have found with nothing asked.
ProbeResults nothing_probed(std::string_view why);

}  // namespace dgauth::deepgram
