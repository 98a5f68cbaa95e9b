// SPDX-License-Identifier: MIT
#include "http/url.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <new>
#include <utility>

#include <arpa/inet.h>
#include <curl/curl.h>

#include "base/hex.hpp"
#include "base/text.hpp"

namespace dgauth::http {
namespace {

using UrlHandle = std::unique_ptr<CURLU, decltype([](CURLU* handle) { curl_url_cleanup(handle); })>;

using CurlText = std::unique_ptr<char, decltype([](char* text) { curl_free(text); })>;

CURLUcode with_memory(CURLUcode code) {
  if (code == CURLUE_OUT_OF_MEMORY) {
    throw std::bad_alloc();
  }
  return code;
}

// Empty if the URL has no such part.
std::string part(const UrlHandle& url, CURLUPart which, unsigned flags = 0) {
  char* text = nullptr;
  const CURLUcode code = with_memory(curl_url_get(url.get(), which, &text, flags));
  const CurlText owned(text);
  return code == CURLUE_OK ? std::string(text) : std::string();
}

// Empty for what is not an absolute URL.
UrlHandle parsed(std::string_view text, unsigned flags) {
  const std::size_t host = text.find("://") + 3;
  // libcurl takes https:///x for host x.
  if (text.find("://") == std::string_view::npos || text.substr(host).starts_with('/') ||
      text.find('\0') != std::string_view::npos) {
    return nullptr;
  }
  const std::string terminated(text);
  UrlHandle handle(curl_url());
  if (!handle) {
    throw std::bad_alloc();
  }
  const bool is_url = with_memory(curl_url_set(handle.get(), CURLUPART_URL, terminated.c_str(),
                                               flags | CURLU_NON_SUPPORT_SCHEME)) == CURLUE_OK;
  return is_url ? std::move(handle) : nullptr;
}

Url url_of(const UrlHandle& handle, std::string_view text) {
  return {.scheme = part(handle, CURLUPART_SCHEME),
          .host = lower_case(part(handle, CURLUPART_HOST)),
          .port = part(handle, CURLUPART_PORT, CURLU_NO_DEFAULT_PORT),
          .path = part(handle, CURLUPART_PATH),
          .has_query = text.find('?') != std::string_view::npos,
          .has_fragment = text.find('#') != std::string_view::npos};
}

// Of `a=b&c`: b and c.
std::vector<std::string> values_of(std::string_view query) {
  std::vector<std::string> values;
  while (!query.empty()) {
    const std::string_view pair = query.substr(0, query.find('&'));
    query.remove_prefix(std::min(pair.size() + 1, query.size()));
    if (const std::string_view value = pair.substr(pair.find('=') + 1); !value.empty()) {  // npos + 1 is 0
      values.emplace_back(value);
    }
  }
  return values;
}

std::string percent_decoded(const std::string& text) {
  int size = 0;
  const CurlText decoded(curl_easy_unescape(nullptr, text.c_str(), static_cast<int>(text.size()), &size));
  return decoded ? std::string(decoded.get(), static_cast<std::size_t>(size)) : throw std::bad_alloc();
}

bool is_unreserved(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
         std::string_view("-._~").find(c) != std::string_view::npos;
}

}  // namespace

std::string Url::base() const {
  std::string text = scheme + "://" + host + (port.empty() ? "" : ":" + port) + path;
  while (text.ends_with('/')) {
    text.pop_back();
  }
  return text;
}

std::optional<Url> parse_url(std::string_view text) {
  const UrlHandle handle = parsed(text, CURLU_DISALLOW_USER);
  return handle ? std::optional(url_of(handle, text)) : std::nullopt;
}

std::optional<ForeignUrl> parse_foreign_url(std::string_view text) {
  const UrlHandle handle = parsed(text, CURLU_PATH_AS_IS);
  if (!handle) {
    return std::nullopt;
  }
  ForeignUrl foreign{.url = url_of(handle, text), .secrets = values_of(part(handle, CURLUPART_QUERY))};
  for (const CURLUPart which : {CURLUPART_PASSWORD, CURLUPART_FRAGMENT}) {
    if (std::string secret = part(handle, which); !secret.empty()) {
      foreign.secrets.push_back(std::move(secret));
    }
  }
  for (std::size_t i = 0, as_written = foreign.secrets.size(); i < as_written; ++i) {
    if (std::string decoded = percent_decoded(foreign.secrets[i]); decoded != foreign.secrets[i]) {
      foreign.secrets.push_back(std::move(decoded));
    }
  }
  return foreign;
}

bool is_loopback(const Url& url) {
  if (url.host == "localhost" || url.host == "[::1]") {
    return true;
  }
  // libcurl has normalised whatever it takes for an IPv4 address; 127.0.0.256 is a name to it, and anybody's.
  in_addr address{};
  return url.host.starts_with("127.") && ::inet_pton(AF_INET, url.host.c_str(), &address) == 1;
}

bool is_private(const Url& url) {
  struct Network {
    std::uint32_t address;
    int prefix;  // in bits
  };
  constexpr std::array<Network, 5> networks = {{
      {0x0A000000, 8},   // 10.0.0.0/8
      {0xAC100000, 12},  // 172.16.0.0/12
      {0xC0A80000, 16},  // 192.168.0.0/16
      {0x64400000, 10},  // 100.64.0.0/10
      {0xA9FE0000, 16},  // 169.254.0.0/16
  }};
  if (url.host.starts_with('[')) {
    const std::string_view host = std::string_view(url.host).substr(1);
    constexpr std::array<std::string_view, 6> prefixes = {"fc", "fd", "fe8", "fe9", "fea", "feb"};
    const bool has_four_digits = host.find(':') == 4;  // of the first group: none of its leading zeros is left out
    return has_four_digits &&
           std::ranges::any_of(prefixes, [host](std::string_view prefix) { return host.starts_with(prefix); });
  }
  in_addr address{};
  if (::inet_pton(AF_INET, url.host.c_str(), &address) != 1) {
    return false;
  }
  constexpr int bits = 32;
  const std::uint32_t number = ntohl(address.s_addr);
  return std::ranges::any_of(networks, [number](const Network& each) {
    return number >> (bits - each.prefix) == each.address >> (bits - each.prefix);
  });
}

WipedString percent_encoded(std::string_view text) {
  WipedString encoded;
  for (const char c : text) {
    if (is_unreserved(c)) {
      encoded += c;
    } else {
      encoded += '%';
      append_hex(encoded, static_cast<unsigned char>(c), upper_hex_digits);
    }
  }
  return encoded;
}

std::string with_query(std::string_view url, const Parameters& parameters) {
  std::string text(url);
  char separator = '?';
  for (const auto& [name, value] : parameters) {
    text += separator;
    text.append(percent_encoded(name)).append(1, '=').append(percent_encoded(value));
    separator = '&';
  }
  return text;
}

std::string_view without_query(std::string_view url) { return url.substr(0, url.find_first_of("?#")); }

std::string shown_url(std::string_view url) {
  const std::string_view before_path = url.substr(0, url.find("//") + 2);
  const bool has_authority = before_path.starts_with("//") || before_path.ends_with("://");
  const std::size_t begin = has_authority ? url.find_first_not_of('/', before_path.size()) : std::string_view::npos;
  std::string shown(without_query(url));
  if (begin < shown.size()) {
    const std::size_t user_end = shown.substr(0, shown.find('/', begin)).rfind('@');
    shown.erase(begin, user_end == std::string::npos || user_end < begin ? 0 : user_end + 1 - begin);
  }
  return shown;
}

}  // namespace dgauth::http
