// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <string_view>

#include "base/result.hpp"

namespace dgauth::deepgram {

// How long a temporary token is asked to live: 1 to 3600 whole seconds, the documented bounds of `ttl_seconds`.
class Ttl {
 public:
  static constexpr std::chrono::seconds shortest{1};
  static constexpr std::chrono::seconds longest{3600};
  // How long a token lives if nothing is asked for. Source: deepgram-api-specs (openapi.yml), default of `ttl_seconds`.
  static constexpr std::chrono::seconds default_lifetime{30};

  // ErrorKind::usage outside the bounds.
  static Result<Ttl> of(std::chrono::seconds seconds);

  std::chrono::seconds seconds() const { return seconds_; }
  bool operator==(const Ttl&) const = default;

 private:
  explicit Ttl(std::chrono::seconds seconds) : seconds_(seconds) {}
  std::chrono::seconds seconds_;
};

// As parse_duration, within the bounds of a Ttl. ErrorKind::usage else; the message does not repeat `text`.
Result<Ttl> parse_ttl(std::string_view text);

}  // namespace dgauth::deepgram
