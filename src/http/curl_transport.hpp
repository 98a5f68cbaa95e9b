// SPDX-License-Identifier: MIT
#pragma once

#include <memory>

#include "http/client.hpp"
#include "http/curl_handle.hpp"
#include "http/transport.hpp"

namespace dgauth::http {

// The Transport that is libcurl.
std::unique_ptr<Transport> make_curl_transport(ClientSettings settings, MultiHandle multi);

}  // namespace dgauth::http
