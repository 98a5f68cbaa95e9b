// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/secret.hpp"

namespace dgauth::credentials {

// A key that stands in a configuration, and in which line, from 1: there is one in a line.
struct MaskedKey {
  std::size_t line = 0;
  Secret key;
};

struct MaskedText {
  std::string text;  // of the same length, with other characters in place of the keys
  std::vector<MaskedKey> keys;
};

// The text of a configuration as a parser may see it that wipes no memory: without what stands in quotes behind
// `api_key =` on a line of its own. A key that is written in any other way (in an inline table, with an escape) stays
// in the text, and so does every key where there is a string of several lines.
MaskedText mask_keys(std::string_view text);

}  // namespace dgauth::credentials
