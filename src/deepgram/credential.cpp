// SPDX-License-Identifier: MIT
#include "deepgram/credential.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/shown.hpp"

namespace dgauth::deepgram {
namespace {

constexpr std::size_t longest_token = 8192;

constexpr bool is_alphanumeric(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

constexpr bool is_base64url(char c) { return is_alphanumeric(c) || c == '-' || c == '_'; }

constexpr bool is_token_char(char c) {
  return is_alphanumeric(c) || std::string_view("._~+/-").find(c) != std::string_view::npos;
}

}  // namespace

std::string source_in_words(std::string_view source) {
  const std::string_view kind = source.substr(0, source.find(':') + 1);
  const std::string_view name = source.substr(kind.size());
  if (kind == "file:") {
    return fmt::format("the file {}", shown_path(name));
  }
  return kind == "profile:" ? fmt::format("profile {}", name) : std::string(kind == "env:" ? name : source);
}

Secret authorization_value(const Credential& credential) {
  if (credential.kind == CredentialKind::none) {
    return {};
  }
  const bool is_key = credential.kind == CredentialKind::api_key;
  return Secret({is_key ? "Token " : "Bearer ", credential.secret});
}

Secret subprotocol_value(const Credential& credential) {
  const bool is_key = credential.kind == CredentialKind::api_key;
  return Secret({is_key ? "token, " : "bearer, ", credential.secret});
}

bool looks_like_jwt(std::string_view text) {
  return text.starts_with("eyJ") && std::ranges::count(text, '.') == 2 &&
         std::ranges::all_of(text, [](char c) { return is_base64url(c) || c == '.'; });
}

bool looks_like_api_key(std::string_view text) {
  constexpr std::size_t digits = 40;
  constexpr std::string_view hexadecimal = "0123456789abcdefABCDEF";
  return text.size() == digits && text.find_first_not_of(hexadecimal) == std::string_view::npos;
}

bool is_bearer_token(std::string_view text) {
  if (text.empty() || text.size() > longest_token) {
    return false;
  }
  const std::string_view without_padding = text.substr(0, text.find_last_not_of('=') + 1);
  return !without_padding.empty() && std::ranges::all_of(without_padding, is_token_char);
}

}  // namespace dgauth::deepgram
