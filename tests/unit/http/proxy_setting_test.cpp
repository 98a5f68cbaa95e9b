// SPDX-License-Identifier: MIT
#include "http/proxy_setting.hpp"

#include "support/http_printing.hpp"

namespace dgauth::http {

inline doctest::String toString(const ProxySetting& proxy) { return (proxy.variable + "=" + proxy.address).c_str(); }

TEST_CASE("http::find_proxy: the first variable that libcurl takes, as host and port alone") {
  const auto found = [](const host::Environment::Variables& variables) {
    return find_proxy(host::Environment(variables));
  };
  CHECK(found({}) == std::nullopt);
  CHECK(found({{"http_proxy", "http://a:1"}, {"HTTPS_PROXY", ""}}) == std::nullopt);
  CHECK(found({{"ALL_PROXY", "d:4"}, {"all_proxy", "c:3"}, {"HTTPS_PROXY", "b:2"}, {"https_proxy", "a:1"}}) ==
        ProxySetting{"a:1", "https_proxy"});
  CHECK(found({{"ALL_PROXY", "d:4"}, {"all_proxy", "c:3"}, {"HTTPS_PROXY", "b:2"}}) ==
        ProxySetting{"b:2", "HTTPS_PROXY"});
  CHECK(found({{"ALL_PROXY", "d:4"}, {"all_proxy", "c:3"}}) == ProxySetting{"c:3", "all_proxy"});
  CHECK(found({{"ALL_PROXY", "socks5h://d:4/"}}) == ProxySetting{"d:4", "ALL_PROXY"});
  for (const std::string_view value :
       {"http://user:made@up@proxy.example:3128/x?y", "user:pa/ss#w@proxy.example:3128", "http://proxy.example:3128"}) {
    CAPTURE(value);
    CHECK(found({{"HTTPS_PROXY", std::string(value)}}) == ProxySetting{"proxy.example:3128", "HTTPS_PROXY"});
  }
}

}  // namespace dgauth::http
