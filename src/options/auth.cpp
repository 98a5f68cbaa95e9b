// SPDX-License-Identifier: MIT
#include "options/auth.hpp"

#include <array>

#include "options/enum_names.hpp"
#include "options/typed_word.hpp"

namespace dgauth::options {
namespace {

constexpr std::array<EnumName<std::optional<Auth>>, 4> auths = {{
    {"grant", Auth::grant, "a new token, minted for this run"},
    {"key", Auth::key, "the API key itself"},
    {"token", Auth::token, "the token in DEEPGRAM_ACCESS_TOKEN"},
    {"none", std::nullopt, "no credential, for a self-hosted server"},
}};
constexpr auto words = words_of(auths);

}  // namespace

Result<Auth> parse_auth(std::string_view text) {
  if (const auto auth = find_named(auths, text); auth && *auth) {
    return **auth;
  }
  return fail(ErrorKind::usage, "must be grant, key or token", suggestion(text, auth_words()));
}

Result<std::optional<Auth>> parse_auth_or_none(std::string_view text) {
  if (const auto auth = find_named(auths, text)) {
    return *auth;
  }
  return fail(ErrorKind::usage, "must be key, grant, token or none", suggestion(text, auth_words_and_none()));
}

std::span<const Word> auth_words() { return std::span(words).first<3>(); }
std::span<const Word> auth_words_and_none() { return words; }

}  // namespace dgauth::options
