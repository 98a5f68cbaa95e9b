// SPDX-License-Identifier: MIT
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "base/wiping_allocator.hpp"

namespace dgauth {

// Bytes that must not be shown: an API key, a token, a header built from one. There is no formatter, no stream operator
// and no comparison; `grep 'reveal('` lists every place where the bytes are used. The bytes are wiped when the object
// is destroyed; copies that others make of what reveal() returns (libcurl's, say) are not.
class Secret {
 public:
  // A part of a Secret.
  class Piece {
   public:
    explicit(false) Piece(std::string_view text) : bytes_(text) {}
    explicit(false) Piece(const char* text) : bytes_(text) {}
    explicit(false) Piece(const std::string& text) : bytes_(text) {}
    explicit(false) Piece(const Secret& secret) : bytes_(secret.reveal()) {}

   private:
    friend class Secret;
    std::string_view bytes_;
  };

  Secret() : Secret(std::string_view()) {}
  explicit Secret(std::string_view bytes) : Secret({Piece(bytes)}) {}
  // The pieces one after the other: "Token " and a key, for example.
  explicit Secret(std::initializer_list<Piece> pieces);

  bool empty() const { return bytes_.size() <= 1; }
  // The bytes, with a NUL behind the last; valid as long as this object is neither changed nor destroyed.
  std::string_view reveal() const { return {bytes_.data(), bytes_.empty() ? 0 : bytes_.size() - 1}; }

 private:
  // Ends with a NUL; empty once moved from. Not a string: a short one would not use the allocator.
  std::vector<char, WipingAllocator<char>> bytes_;
};

}  // namespace dgauth
