// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/wiping_allocator.hpp"

namespace dgauth::http {

// The parts of an absolute URL, as libcurl's parser normalises them: 127.1 becomes 127.0.0.1, for example.
struct Url {
  std::string scheme;  // lower case
  std::string host;    // lower case; an IPv6 address in brackets
  std::string port;    // empty: the scheme's own
  std::string path;    // begins with '/'
  bool has_query = false;
  bool has_fragment = false;

  // Without query and fragment, and without a '/' at the end.
  std::string base() const;

  bool operator==(const Url&) const = default;
};

// Nothing for what is no URL with `://`, or holds user information.
std::optional<Url> parse_url(std::string_view text);

// A URL that somebody else shall fetch: it may hold user information, and its path is as written.
struct ForeignUrl {
  Url url;
  // What often opens it: password, values of the query, fragment; as written, and what is escaped also decoded.
  std::vector<std::string> secrets;

  bool operator==(const ForeignUrl&) const = default;
};

// nullopt for what is not a URL with `://`.
std::optional<ForeignUrl> parse_foreign_url(std::string_view text);

// Exactly `localhost`, 127.0.0.0/8 and ::1, decided on the parsed host: localhost.evil.example is not loopback.
bool is_loopback(const Url& url);

// Whether the host is an address that means something in its own network only: private (RFC 1918, RFC 4193), shared
// (RFC 6598) or link-local (RFC 3927, RFC 4291).
bool is_private(const Url& url);

// Every byte but RFC 3986's unreserved characters as %XX. The text is wiped when it goes: it may be that of a secret.
WipedString percent_encoded(std::string_view text);

// Name and value, before percent-encoding.
using Parameters = std::vector<std::pair<std::string, std::string>>;

// `url`, which has no query, with `parameters` as its query.
std::string with_query(std::string_view url, const Parameters& parameters);

std::string_view without_query(std::string_view url);

// What may be shown of a URL: user information, and often the query or fragment, is a secret.
std::string shown_url(std::string_view url);

}  // namespace dgauth::http
