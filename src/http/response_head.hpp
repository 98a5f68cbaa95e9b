// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include <curl/curl.h>

#include "http/message.hpp"

namespace dgauth::http {

// The status of the last header block that has come, 1xx included; 0 before the first.
int status_of(CURL* handle);

// Fills `response` with the status, the headers that `request` wants, and Retry-After. `has_switched`: the response is
// a 101, and so are its headers.
void read_head(CURL* handle, const Request& request, bool has_switched, Response& response);

// Peer, protocol version, sizes and times of a transfer that has ended, for the trace.
std::string summary_of(CURL* handle);

}  // namespace dgauth::http
