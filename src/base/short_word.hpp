// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

namespace dgauth {

// Whether messages may repeat `word`, which nobody knows: it is 1 to 16 of a-z and the characters of `also`, as names
// are, and no key is.
bool is_short_word(std::string_view word, std::string_view also);

}  // namespace dgauth
