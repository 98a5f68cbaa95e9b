// SPDX-License-Identifier: MIT
#include "deepgram/base_url.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.hpp"

namespace dgauth::deepgram {
namespace {

constexpr std::array<std::string_view, 4> regions = {"global", "eu", "au", "in"};

constexpr std::size_t longest_host = 253;  // RFC 1035, in text

http::Url api_on(std::string host) { return {.scheme = "https", .host = std::move(host), .port = {}, .path = "/"}; }

}  // namespace

BaseUrl::BaseUrl() : BaseUrl(api_on("api.deepgram.com")) {}

BaseUrl::BaseUrl(http::Url url) : url_(std::move(url)), text_(url_.base()) {}

Result<BaseUrl> BaseUrl::parse(std::string_view text) {
  constexpr std::string_view form = "write https://host, perhaps with :port and a path";
  if (!std::ranges::all_of(text, is_visible_ascii)) {
    return fail(ErrorKind::usage, "holds a blank or another character that no URL has", std::string(form));
  }
  std::optional<http::Url> url = http::parse_url(text);
  if (!url || url->host.empty()) {
    return fail(ErrorKind::usage, "is not a URL without user name", std::string(form));
  }
  if (!std::ranges::all_of(url->host, is_visible_ascii)) {  // a %XX is no longer one in the parsed host
    return fail(ErrorKind::usage, "has a host that is not ASCII", std::string(form));
  }
  if (url->host.find('%') != std::string::npos) {  // one that was escaped: it would be decoded a second time
    return fail(ErrorKind::usage, "has a host with a % in it", std::string(form));
  }
  if (url->host.size() > longest_host) {
    return fail(ErrorKind::usage, "has a host that is longer than any can be", std::string(form));
  }
  if (url->has_query || url->has_fragment) {
    return fail(ErrorKind::usage, "has a query or a fragment, which a base URL cannot have", std::string(form));
  }
  if (url->scheme == "http" && !http::is_loopback(*url)) {
    return fail(ErrorKind::usage, "is plain http, which would show the key on the way; only loopback may be http",
                "write https://");
  }
  if (url->scheme != "https" && url->scheme != "http") {
    return fail(ErrorKind::usage, "is neither https nor http", std::string(form));
  }
  return BaseUrl(std::move(*url));
}

std::optional<BaseUrl> BaseUrl::of_region(std::string_view name) {
  if (name == "global") {
    return BaseUrl();
  }
  if (std::ranges::find(regions, name) == regions.end()) {
    return std::nullopt;
  }
  return BaseUrl(api_on("api." + std::string(name) + ".deepgram.com"));
}

bool BaseUrl::is_deepgram() const { return host() == "deepgram.com" || host().ends_with(".deepgram.com"); }

std::span<const std::string_view> regional_names() { return regions; }

}  // namespace dgauth::deepgram
