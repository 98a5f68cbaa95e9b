// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/secret.hpp"

namespace dgauth {

// SHA-256 of `bytes` as 64 lower-case hexadecimal digits.
std::string sha256_hex(std::string_view bytes);

// The same of a secret, which cannot be recovered from it.
std::string digest_of(const Secret& secret);

// SHA-1 of `bytes` in base64, for Sec-WebSocket-Accept (RFC 6455) only.
std::string sha1_base64(std::string_view bytes);

// `bytes` in base64 with padding; the result is wiped when it is destroyed, since it may encode a secret.
WipedString base64(std::string_view bytes);

// Decodes unpadded base64url (RFC 7515, section 2). nullopt if `text` is anything else.
std::optional<std::string> from_base64url(std::string_view text);

}  // namespace dgauth
