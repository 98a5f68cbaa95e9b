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
  // ErrorKind::usage for what breaks the rules above; the message does not repeat `text`.
  static Result<BaseUrl> parse(std::string_view text);
  // The host of a region (regional_names), or nothing. Source: reference/regional-endpoints.
  static std::optional<BaseUrl> of_region(std::string_view name);

  // Without '/' at the end.
  const std::string& text() const { return text_; }
  const std::string& host() const { return url_.host; }
  bool is_loopback() const { return http::is_loopback(url_); }
  // deepgram.com or a name below it.
  bool is_deepgram() const;
  // The URL of an endpoint; `path` begins with '/'.
  std::string endpoint(std::string_view path) const { return text_ + std::string(path); }

  bool operator==(const BaseUrl& other) const { return text_ == other.text_; }

 private:
  explicit BaseUrl(http::Url url);
  http::Url url_;
  std::string text_;
};

// global, eu, au, in.
std::span<const std::string_view> regional_names();

}  // namespace dgauth::deepgram
