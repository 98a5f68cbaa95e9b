// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string_view>

namespace dgauth {

// The number that `text` is, in base 10. nullopt if `text` holds anything but digits or has a leading zero, or if the
// number is not in the range from `least` to `most`. `least` is not negative.
std::optional<int> parse_whole_number(std::string_view text, int least, int most);

}  // namespace dgauth
