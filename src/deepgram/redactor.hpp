// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/secret.hpp"

namespace dgauth::deepgram {

// Knows the secrets in play and takes them out of what a server says.
class Redactor {
 public:
  // `secret` is visible ASCII, as keys, tokens and the queries of URLs are.
  void add(const Secret& secret);

  // `raw` with every run of 8 or more characters of a secret, of its base64 or of its percent-encoded form replaced by
  // `<redacted>`, and so is whatever has the shape of a JWT; made harmless and cut. A full stop at the end is dropped,
  // as all messages have none. One line of at most 500 characters, without control characters and without commands to
  // a CI runner.
  std::string sanitized(std::string_view raw) const;

  // The same of an id that a server gave: at most 128 characters.
  std::string shown_id(std::string_view raw) const;

 private:
  std::vector<Secret> secrets_;
};

}  // namespace dgauth::deepgram
