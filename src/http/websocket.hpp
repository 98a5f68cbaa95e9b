// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace dgauth::http {

// A new random value for Sec-WebSocket-Key: 16 bytes in base64.
std::string make_websocket_key();

// The Sec-WebSocket-Accept with which a server shows that it understood the handshake with `key` (RFC 6455, 4.2.2).
std::string websocket_accept(std::string_view key);

}  // namespace dgauth::http
