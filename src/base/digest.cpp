// SPDX-License-Identifier: MIT
#include "base/digest.hpp"

#include <array>
#include <cstdint>

#include <nettle/base64.h>
#include <nettle/sha1.h>
#include <nettle/sha2.h>

#include "base/hex.hpp"

namespace dgauth {
namespace {

const std::uint8_t* octets(std::string_view bytes) { return reinterpret_cast<const std::uint8_t*>(bytes.data()); }

}  // namespace

std::string sha256_hex(std::string_view bytes) {
  sha256_ctx context;
  sha256_init(&context);
  sha256_update(&context, bytes.size(), octets(bytes));
  std::array<std::uint8_t, SHA256_DIGEST_SIZE> digest{};
  sha256_digest(&context, digest.size(), digest.data());

  std::string hex;
  hex.reserve(digest.size() * 2);
  for (const std::uint8_t octet : digest) {
    append_hex(hex, octet);
  }
  return hex;
}

std::string digest_of(const Secret& secret) { return sha256_hex(secret.reveal()); }

std::string sha1_base64(std::string_view bytes) {
  sha1_ctx context;
  sha1_init(&context);
  sha1_update(&context, bytes.size(), octets(bytes));
  std::array<std::uint8_t, SHA1_DIGEST_SIZE> digest{};
  sha1_digest(&context, digest.size(), digest.data());
  return std::string(base64({reinterpret_cast<const char*>(digest.data()), digest.size()}));
}

WipedString base64(std::string_view bytes) {
  WipedString text(BASE64_ENCODE_RAW_LENGTH(bytes.size()), '\0');
  base64_encode_raw(text.data(), bytes.size(), octets(bytes));
  return text;
}

std::optional<std::string> from_base64url(std::string_view text) {
  base64_decode_ctx context;
  base64url_decode_init(&context);
  std::string bytes(BASE64_DECODE_LENGTH(text.size()), '\0');
  std::size_t size = bytes.size();
  // nettle skips white space and takes padding; the URL alphabet without padding has neither.
  if (text.find_first_of("= \t\r\n\f\v") != std::string_view::npos || text.size() % 4 == 1) {
    return std::nullopt;
  }
  if (base64_decode_update(&context, &size, reinterpret_cast<std::uint8_t*>(bytes.data()), text.size(), text.data()) ==
      0) {
    return std::nullopt;
  }
  bytes.resize(size);
  return bytes;
}

}  // namespace dgauth
