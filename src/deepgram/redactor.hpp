// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/secret.hpp"

namespace dgauth::deepgram {

// Words of a server that may be shown: one line without control characters and without commands to a CI runner, at most
// 500 characters, with nothing left of the secrets in play. Made by a Redactor only.
class ServerText {
 public:
  ServerText() = default;
  const std::string& text() const { return text_; }
  bool empty() const { return text_.empty(); }

 private:
  friend class Redactor;
  explicit ServerText(std::string text) : text_(std::move(text)) {}
  std::string text_;
};

// Knows the secrets in play and takes them out of what a server says.
class Redactor {
 public:
  // `secret` is visible ASCII, as keys, tokens and the queries of URLs are.
  void add(const Secret& secret);

  // `raw` with every run of 8 or more characters of a secret, of its base64 or of its percent-encoded form replaced by
  // `<redacted>`, and so is whatever has the shape of a JWT; made harmless and cut. A full stop at the end is dropped,
  // as all messages have none.
  ServerText sanitized(std::string_view raw) const;

 private:
  std::vector<Secret> forms_;
};

}  // namespace dgauth::deepgram
