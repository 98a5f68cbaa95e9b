// SPDX-License-Identifier: MIT
#include "json/number_grammar.hpp"

#include <cmath>
#include <cstdlib>
#include <string>

namespace dgauth::json {

// std::from_chars would bring libm into a program that needs nothing else of it. The locale is that of C.
std::optional<double> number_of(std::string_view text) {
  const double number = std::strtod(std::string(text).c_str(), nullptr);
  return std::isfinite(number) ? std::optional(number) : std::nullopt;
}

}  // namespace dgauth::json
