// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

#include <curl/curl.h>

#include "base/error.hpp"
#include "http/retry.hpp"

namespace dgauth::http {

// What a failed try means.
struct CurlFailure {
  AttemptOutcome end;
  Error error;
};

// What libcurl tells of a try that failed.
struct CurlFacts {
  CURLcode code = CURLE_OK;
  std::string_view detail{};   // libcurl's error buffer, or empty
  bool was_connected = false;  // the request could be sent
  long proxy_status = 0;       // what a proxy answered to CONNECT; 0: none was asked
};

CurlFacts facts_of(CURL* handle, CURLcode code, std::string_view detail);

CurlFailure describe_failure(CurlFacts facts);

}  // namespace dgauth::http
