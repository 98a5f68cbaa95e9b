// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <string_view>

#include "base/result.hpp"
#include "deepgram/access_token.hpp"
#include "deepgram/base_url.hpp"
#include "deepgram/credential.hpp"

// A token as the formats of `grant` write it. The alphabet of a token needs no quoting anywhere but where said.
namespace dgauth::output {

enum class GrantFormat { token, json, header, export_line, fish, dotenv, curl, github };

// One line with its newline. `variable` is the name that export_line, fish, dotenv and github give the token.
// `expires_in` is the granted life, of a token from the cache what is left of it at `now`.
// ErrorKind::service where this token would not be read back as it is: one that begins with `~`, in dotenv.
Result<Secret> format_token(const deepgram::AccessToken& token, GrantFormat format, std::string_view variable,
                            const deepgram::BaseUrl& base_url, std::chrono::system_clock::time_point now);

// `header = "Authorization: …"` for `curl -K -`.
Secret curl_line(const deepgram::Credential& credential);

}  // namespace dgauth::output
