// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string_view>

#include "base/result.hpp"
#include "options/declaration.hpp"

namespace dgauth::options {

// Which credential a command uses.
enum class Auth {
  grant,  // a token minted for this run
  key,    // the API key
  token,  // the token in DEEPGRAM_ACCESS_TOKEN
};

// What a value of --auth means. ErrorKind::usage else; the message begins with a predicate.
Result<Auth> parse_auth(std::string_view text);
// The same where `none` is a value too: nullopt.
Result<std::optional<Auth>> parse_auth_or_none(std::string_view text);

// The values that these take.
std::span<const Word> auth_words();
std::span<const Word> auth_words_and_none();

}  // namespace dgauth::options
