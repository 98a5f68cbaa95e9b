// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "deepgram/access_token.hpp"

// The JSON that goes to and comes from the API. Fields and shapes: deepgram-api-specs (openapi.yml) and
// developers.deepgram.com/docs/errors.
namespace dgauth::deepgram {

// The body of POST /v1/auth/grant. Without a TTL an empty object: the server's default, 30 s, applies.
std::string encode_grant_request(std::optional<Ttl> ttl);

// The body of POST /v1/listen about what a URL names.
std::string encode_listen_request(std::string_view url);

struct GrantReply {
  Secret token;
  std::optional<std::chrono::seconds> expires_in;  // as sent, if finite and within 1 s to one day; rounded down
};

// ErrorKind::service if `body` is no JSON object with an `access_token` of the token alphabet.
Result<GrantReply> decode_grant_reply(std::string_view body);

// The `access_token` of any body that is JSON, whatever its characters. nullopt if there is none.
std::optional<Secret> token_in(std::string_view body);

// What an error body says, in the server's own words: not for display before a Redactor has seen them.
struct ErrorBody {
  std::string code{};     // err_code, error_code or category
  std::string message{};  // err_msg or message; of a plain text body all of it
  std::string details{};
  std::string request_id{};
};

// Takes the three JSON families and plain text. HTML, an empty body and anything unreadable say nothing.
ErrorBody decode_error_body(std::string_view body);

// What to do where a page for a browser, or a redirect, came in place of an answer.
inline constexpr std::string_view hint_of_foreign_page =
    "probably a login page of the network, or a proxy: open any website in a browser to see what it wants, then try "
    "again";

// What to do about the body of a success that the service cannot have sent.
std::string_view hint_of_foreign_body(bool is_html);

// Whether `body` is a page for a browser: what proxies and captive portals answer.
bool is_html(std::string_view body);

}  // namespace dgauth::deepgram
