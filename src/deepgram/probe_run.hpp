// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "deepgram/api.hpp"
#include "deepgram/probe_result.hpp"
#include "deepgram/probe_set.hpp"
#include "host/clock.hpp"

namespace dgauth::deepgram {

// What GET /v1/auth/token says of a credential. Documented in prose only, so for information and never for a verdict;
// whether it knows access tokens or lists what a role includes is not documented.
struct Identity {
  std::string key_id;  // all may be shown; empty where the response does not have them
  std::string created;
  std::vector<std::string> scopes;

  bool operator==(const Identity&) const = default;
};

// nullopt if the response is odd in any way.
std::optional<Identity> decode_identity(std::string_view body, const Redactor& redactor);

http::Request identity_request(const BaseUrl& base_url);

struct ProbeResults {
  std::vector<ProbeResult> probes;  // all of them in their order; `skipped` where not asked for
  std::optional<Identity> identity{};
};

// Sends the requests of `probes` and the identity request concurrently, and waits for all. `limits` are those of the
// whole run, controls included; `clock` tells how long a probe without a response took.
ProbeResults run_probes(Api& api, const Credential& credential, http::RequestLimits limits, ProbeSet probes,
                        const host::Clock& clock);

// What run_probes would have found with no probe asked for; `why` is the detail of each.
ProbeResults nothing_probed(std::string_view why);

}  // namespace dgauth::deepgram
