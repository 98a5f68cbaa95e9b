// SPDX-License-Identifier: MIT
#pragma once

#include "http/client.hpp"

namespace dgauth::http {

// The Client that uses libcurl, which is initialised the first time one is made. ErrorKind::internal when libcurl
// cannot be.
Result<std::unique_ptr<Client>> make_curl_client(ClientSettings settings);

// Versions of the libcurl that runs and the one built with, and of its TLS library, for --version.
std::string curl_versions();

}  // namespace dgauth::http
