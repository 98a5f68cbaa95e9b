// SPDX-License-Identifier: MIT
#pragma once

#include "http/client.hpp"

namespace dgauth::http {

// The Exchange that uses libcurl, which is initialised the first time one is made. ErrorKind::internal when libcurl
// cannot be.
Result<std::unique_ptr<Exchange>> make_curl_exchange(ExchangeSettings settings);

// Versions of the libcurl that runs and the one built with, and of its TLS library, for --version.
std::string curl_versions();

}  // namespace dgauth::http
