// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/secret.hpp"

namespace dgauth {

// SHA-256 of `bytes` as 64 lower-case hexadecimal digits.
std::string sha256_hex(std::string_view bytes);

// The same of a secret: says nothing about it.
std::string digest_of(const Secret& secret);

// SHA-1 of `bytes` in base64, as RFC 6455 wants it for Sec-WebSocket-Accept. For nothing else.
std::string sha1_base64(std::string_view bytes);

// The text is wiped when it goes: it may be that of a secret.
WipedString base64(std::string_view bytes);

// Decodes unpadded base64url (RFC 7515, section 2). Nothing if `text` is anything else.
std::optional<std::string> from_base64url(std::string_view text);

}  // namespace dgauth
