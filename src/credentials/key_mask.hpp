// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/secret.hpp"

namespace dgauth::credentials {

// A key of a configuration and the number of its line, from 1. A line has at most one.
struct MaskedKey {
  std::size_t line = 0;
  Secret key;
};

struct MaskedText {
  std::string text;  // of the same length, with other characters in place of the keys
  std::vector<MaskedKey> keys;
};

// The text of a configuration for a parser that wipes no memory: other characters take the place of what is in quotes
// after `api_key =` on one line. A key that is written in any other way (in an inline table, with an escape)
// stays in the text, and so does every key where there is a string of several lines.
MaskedText mask_keys(std::string_view text);

}  // namespace dgauth::credentials
