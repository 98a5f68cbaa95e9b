// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include <curl/curl.h>

#include "base/error.hpp"
#include "http/proxy_setting.hpp"
#include "http/retry.hpp"

namespace dgauth::http {

// What a failed try means.
struct CurlFailure {
  AttemptOutcome end;
  Error error;
};

// Where a request goes, for messages.
struct Route {
  std::string host{};  // empty: not known
  std::string port{};
  bool is_loopback = false;
  std::optional<ProxySetting> proxy{};  // that may be on the way: NO_PROXY may spare the host
};

// `url` is that of a request. There is no proxy on the way to loopback.
Route route_of(std::string_view url, const std::optional<ProxySetting>& proxy);

// What libcurl tells of a try that failed.
struct CurlFacts {
  CURLcode code = CURLE_OK;
  std::string_view detail{};   // libcurl's error buffer, or empty
  bool was_connected = false;  // the request could be sent
  long proxy_status = 0;       // what a proxy answered to CONNECT; 0: none was asked
  Route route{};
  std::chrono::milliseconds timeout{0};  // of all tries
  std::string_view trust_variable{};     // TrustStore::variable
};

CurlFacts facts_of(CURL* handle, CURLcode code, std::string_view detail);

CurlFailure describe_failure(CurlFacts facts);

}  // namespace dgauth::http
