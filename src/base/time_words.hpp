// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <string>

namespace dgauth {

// A time span of either sign for people, without the sign and rounded down: "23 s", "5 min", "3 h", "12 d". Seconds up
// to two minutes, minutes up to two hours, hours up to two days.
std::string span_in_words(std::chrono::seconds span);

}  // namespace dgauth
