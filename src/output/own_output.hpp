// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

namespace dgauth::output {

// Whether `text` is what grant or header writes, in any format and under any name of a variable. A token is a JWT, as
// all of Deepgram's are. A key counts only behind the word Token, as `header --auth key` writes it: alone in a file it
// is rather what its owner keeps there.
bool is_own_output(std::string_view text);

}  // namespace dgauth::output
