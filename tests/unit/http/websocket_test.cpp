// SPDX-License-Identifier: MIT
#include "http/websocket.hpp"

#include <doctest/doctest.h>

namespace dgauth::http {

TEST_CASE("http::websocket_accept: the example of RFC 6455, section 1.3") {
  CHECK(websocket_accept("dGhlIHNhbXBsZSBub25jZQ==") == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
}

}  // namespace dgauth::http
