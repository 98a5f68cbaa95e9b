// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>

#include "host/environment.hpp"

namespace dgauth::http {

// The proxy for https that the environment names, as messages name it.
struct ProxySetting {
  std::string address;   // host:port as far as given: without a user name or password
  std::string variable;  // that names it

  bool operator==(const ProxySetting&) const = default;
};

// The first that is set of https_proxy, HTTPS_PROXY, all_proxy and ALL_PROXY, which is libcurl's order. NO_PROXY is not
// looked at.
std::optional<ProxySetting> find_proxy(const host::Environment& environment);

}  // namespace dgauth::http
