// SPDX-License-Identifier: MIT
#include "http/websocket.hpp"

#include <random>

#include "base/digest.hpp"

namespace dgauth::http {
namespace {

constexpr std::size_t nonce_size = 16;
constexpr std::string_view protocol_guid = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";  // RFC 6455, section 1.3

}  // namespace

std::string make_websocket_key() {
  std::random_device random;
  std::uniform_int_distribution<int> octets(0, 255);
  std::string nonce;
  for (std::size_t i = 0; i < nonce_size; ++i) {
    nonce += static_cast<char>(octets(random));
  }
  return std::string(base64(nonce));
}

std::string websocket_accept(std::string_view key) { return sha1_base64(std::string(key).append(protocol_guid)); }

}  // namespace dgauth::http
