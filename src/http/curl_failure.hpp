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

// Classifies `code`, with which libcurl ended a try on `handle`. `detail` is libcurl's error buffer, or empty.
CurlFailure describe_failure(CURL* handle, CURLcode code, std::string_view detail);

}  // namespace dgauth::http
