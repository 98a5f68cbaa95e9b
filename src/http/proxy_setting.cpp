// SPDX-License-Identifier: MIT
#include "http/proxy_setting.hpp"

#include <array>
#include <string_view>

namespace dgauth::http {
namespace {

// A password may hold any character but @, and so everything before the last one is left out.
std::string address_of(std::string_view proxy) {
  const std::size_t at = proxy.rfind('@');
  const std::size_t scheme = proxy.find("://");
  if (at != std::string_view::npos) {
    proxy.remove_prefix(at + 1);
  } else if (scheme != std::string_view::npos) {
    proxy.remove_prefix(scheme + std::string_view("://").size());
  }
  return std::string(proxy.substr(0, proxy.find_first_of("/?#")));
}

}  // namespace

std::optional<ProxySetting> find_proxy(const host::Environment& environment) {
  constexpr std::array<std::string_view, 4> variables = {"https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"};
  for (const std::string_view variable : variables) {
    if (const std::string_view value = environment.get(variable); !value.empty()) {
      return ProxySetting{.address = address_of(value), .variable = std::string(variable)};
    }
  }
  return std::nullopt;
}

}  // namespace dgauth::http
