// SPDX-License-Identifier: MIT
#include "json/number_grammar.hpp"

#include <charconv>
#include <system_error>

namespace dgauth::json {

std::optional<double> number_of(std::string_view text) {
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error == std::errc()) {
    return number;
  }
  const bool is_small = text.find("e-") != std::string_view::npos || text.find("E-") != std::string_view::npos;
  return error == std::errc::result_out_of_range && is_small ? std::optional(0.0) : std::nullopt;
}

}  // namespace dgauth::json
