// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>

#include "base/result.hpp"
#include "http/curl_handle.hpp"
#include "http/message.hpp"
#include "http/trust_store.hpp"

namespace dgauth::http {

// Sets what of libcurl's options follows from the request alone: where it goes, which authorities vouch for the server,
// how long it may take, protocol, method and headers; not the body. `request` and `lines`, which receives the headers,
// must outlive the transfer. ErrorKind::internal for a URL that cannot be parsed, and when memory has run out.
Result<void> set_request_options(Options& options, HeaderLines& lines, const Request& request, const TrustStore& trust,
                                 std::chrono::milliseconds timeout);

}  // namespace dgauth::http
