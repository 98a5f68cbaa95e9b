// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "http/url.hpp"

namespace dgauth::deepgram {

// Where the API is: https, or http to loopback only, perhaps with a path prefix; no user name, query or fragment.
class BaseUrl {
 public:
  // https://api.deepgram.com
  BaseUrl();
  // ErrorKind::usage for what breaks the rules above, and for a host of Deepgram with /v1 or /v2 in the path: it has
  // no such path. The message does not repeat `text`.
  static Result<BaseUrl> parse(std::string_view text);
  // The host of a region (regional_names), or nothing. Source: reference/regional-endpoints.
  static std::optional<BaseUrl> of_region(std::string_view name);

  // Without '/' at the end.
  const std::string& text() const { return text_; }
  const std::string& host() const { return url_.host; }
  bool is_loopback() const { return http::is_loopback(url_); }
  // deepgram.com or a name below it.
  bool is_deepgram() const;
  // Who named it, in the words of a message: "--region", "DEEPGRAM_BASE_URL", "profile prod". Empty: it is the default,
  // or nobody has said.
  const std::string& source() const { return source_; }
  BaseUrl named_by(std::string source) const;
  // A hint for a response that a wrong base URL explains: names the URL and its source, and what is probably wrong.
  // Empty without a source.
  std::string advice() const;
  // The URL of an endpoint; `path` begins with '/'.
  std::string endpoint(std::string_view path) const { return text_ + std::string(path); }

  // Whatever the sources.
  bool operator==(const BaseUrl& other) const { return text_ == other.text_; }

 private:
  explicit BaseUrl(http::Url url);
  std::string_view version() const;  // "/v1" or "/v2" if the path has it, else empty

  http::Url url_;
  std::string text_;
  std::string source_;
};

// global, eu, au, in.
std::span<const std::string_view> regional_names();

}  // namespace dgauth::deepgram
