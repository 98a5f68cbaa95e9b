// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace dgauth {

// SHA-256 of `bytes` as 64 lower-case hexadecimal digits.
std::string sha256_hex(std::string_view bytes);

// SHA-1 of `bytes` in base64, as RFC 6455 wants it for Sec-WebSocket-Accept. For nothing else.
std::string sha1_base64(std::string_view bytes);

std::string base64(std::string_view bytes);

// Decodes unpadded base64url (RFC 7515, section 2). Nothing if `text` is anything else.
std::optional<std::string> from_base64url(std::string_view text);

}  // namespace dgauth
