// SPDX-License-Identifier: MIT
#include "deepgram/base_url.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "base/text.hpp"

namespace dgauth::deepgram {
namespace {

constexpr std::array<std::string_view, 4> regions = {"global", "eu", "au", "in"};

constexpr std::size_t longest_host = 253;  // RFC 1035, as text

http::Url api_on(std::string host) { return {.scheme = "https", .host = std::move(host), .port = {}, .path = "/"}; }

Result<void> check_host(const http::Url& url, std::string_view form) {
  if (!std::ranges::all_of(url.host, is_visible_ascii)) {  // a %XX is no longer one in the parsed host
    return fail(ErrorKind::usage, "has a host name that is not ASCII", std::string(form));
  }
  if (url.host.find('%') != std::string::npos) {  // one that was escaped: it would be decoded a second time
    return fail(ErrorKind::usage, "has a % in its host name", std::string(form));
  }
  if (url.host.size() > longest_host) {
    return fail(ErrorKind::usage, fmt::format("has a host name longer than {} characters", longest_host),
                std::string(form));
  }
  return {};
}

}  // namespace

BaseUrl::BaseUrl() : BaseUrl(api_on("api.deepgram.com")) {}

BaseUrl::BaseUrl(http::Url url) : url_(std::move(url)), text_(url_.base()) {}

Result<BaseUrl> BaseUrl::parse(std::string_view text) {
  constexpr std::string_view form = "use the form https://host, optionally with :port and a path";
  if (!std::ranges::all_of(text, is_visible_ascii)) {
    return fail(ErrorKind::usage, "contains a space or another character that cannot be in a URL", std::string(form));
  }
  if (text.find("://") == std::string_view::npos) {
    return fail(ErrorKind::usage, "is not a URL: it must begin with https://", std::string(form));
  }
  std::optional<http::Url> url = http::parse_url(text);
  if (!url || url->host.empty()) {
    const bool has_user = !url && http::parse_foreign_url(text);
    return fail(ErrorKind::usage,
                has_user ? "contains a user name, which a base URL cannot have" : "is not a valid URL",
                std::string(form));
  }
  TRY(check_host(*url, form));
  if (url->has_query || url->has_fragment) {
    return fail(ErrorKind::usage, "has a query or a fragment, which a base URL cannot have", std::string(form));
  }
  if (url->scheme == "http" && !http::is_loopback(*url)) {
    return fail(ErrorKind::usage, "uses plain http, which would expose the key; http is only allowed for this machine",
                "use https://");
  }
  if (url->scheme != "https" && url->scheme != "http") {
    return fail(ErrorKind::usage, "must begin with https://", std::string(form));
  }
  BaseUrl base(std::move(*url));
  if (const std::string_view version = base.version(); base.is_deepgram() && !version.empty()) {
    return fail(ErrorKind::usage, fmt::format("must not include {}, which dgauth adds itself", version),
                fmt::format("leave out {} and what follows it", version));
  }
  return base;
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

BaseUrl BaseUrl::named_by(std::string source) const {
  BaseUrl named = *this;
  named.source_ = std::move(source);
  return named;
}

std::string_view BaseUrl::version() const {
  constexpr std::array<std::string_view, 2> versions = {"/v1", "/v2"};
  const auto* const found = std::ranges::find_if(versions, [this](std::string_view each) {
    return url_.path.ends_with(each) || url_.path.find(std::string(each) + '/') != std::string::npos;
  });
  return found == versions.end() ? std::string_view() : *found;
}

std::string BaseUrl::advice() const {
  if (source_.empty()) {
    return {};
  }
  const std::string named = fmt::format("the base URL {} (from {})", text_, source_);
  return version().empty() ? "check " + named
                           : fmt::format("{} should probably not include {}, which dgauth adds", named, version());
}

std::span<const std::string_view> regional_names() { return regions; }

}  // namespace dgauth::deepgram
