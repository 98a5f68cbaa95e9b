// SPDX-License-Identifier: MIT
#include "deepgram/ttl.hpp"

#include <fmt/format.h>

#include "base/duration.hpp"

namespace dgauth::deepgram {

Result<Ttl> Ttl::of(std::chrono::seconds seconds) {
  if (seconds < shortest || seconds > longest) {
    return fail(ErrorKind::usage, "is out of range: a token can be valid for 1 to 3600 seconds");
  }
  return Ttl(seconds);
}

Result<Ttl> parse_ttl(std::string_view text) {
  const std::optional<std::chrono::seconds> duration = parse_duration(text);
  if (!duration) {
    return fail(ErrorKind::usage, fmt::format("must be 1 to 3600 seconds, for example {}", duration_forms));
  }
  return Ttl::of(*duration);
}

}  // namespace dgauth::deepgram
