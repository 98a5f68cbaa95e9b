// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstdlib>
#include <string_view>

#include "base/error.hpp"
#include "base/utf8.hpp"

namespace dgauth::fuzz {

// Ends the program where a promise is broken, which a fuzzer takes for a crash.
inline void promise(bool is_kept) {
  if (!is_kept) {
    std::abort();
  }
}

// One line without control characters.
inline bool is_harmless_line(std::string_view text) {
  return is_utf8(text) && std::ranges::none_of(text, [](unsigned char c) { return c < 0x20 || c == 0x7F; });
}

// What every parser's error promises.
inline void promise_message(const Error& error, std::initializer_list<ErrorKind> kinds) {
  promise(std::ranges::find(kinds, error.kind) != kinds.end());
  promise(!error.message.empty() && is_harmless_line(error.message) && is_harmless_line(error.hint));
}

}  // namespace dgauth::fuzz
