// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace dgauth::json {

// What has come of a number (RFC 8259, section 6).
enum class NumberState : std::uint8_t {
  nothing,
  minus,
  zero,
  point,
  exponent,
  exponent_sign,
  integer,
  fraction,
  exponent_digits,
  ended,  // the byte does not belong to it
};

constexpr bool is_digit(char byte) { return byte >= '0' && byte <= '9'; }

// Whether any number of digits may follow.
constexpr bool is_in_digits(NumberState state) { return state >= NumberState::integer && state < NumberState::ended; }

// Whether a number may end here.
constexpr bool is_whole_number(NumberState state) { return state == NumberState::zero || is_in_digits(state); }

constexpr NumberState next_in_number(NumberState state, char byte) {
  using N = NumberState;
  struct Row {
    N sign, point, zero, digit, e;
  };
  constexpr std::array<Row, static_cast<std::size_t>(N::ended)> rows = {
      Row{N::minus, N::ended, N::zero, N::integer, N::ended},                             // nothing
      Row{N::ended, N::ended, N::zero, N::integer, N::ended},                             // minus
      Row{N::ended, N::point, N::ended, N::ended, N::exponent},                           // zero
      Row{N::ended, N::ended, N::fraction, N::fraction, N::ended},                        // point
      Row{N::exponent_sign, N::ended, N::exponent_digits, N::exponent_digits, N::ended},  // exponent
      Row{N::ended, N::ended, N::exponent_digits, N::exponent_digits, N::ended},          // exponent_sign
      Row{N::ended, N::point, N::integer, N::integer, N::exponent},                       // integer
      Row{N::ended, N::ended, N::fraction, N::fraction, N::exponent},                     // fraction
      Row{N::ended, N::ended, N::exponent_digits, N::exponent_digits, N::ended},          // exponent_digits
  };
  const Row& row = rows[static_cast<std::size_t>(state)];
  switch (byte) {
    case '-': return row.sign;
    case '+': return state == N::exponent ? row.sign : N::ended;
    case '.': return row.point;
    case '0': return row.zero;
    case 'e':
    case 'E': return row.e;
    default: return is_digit(byte) ? row.digit : N::ended;
  }
}

// The value of a whole number. nullopt if it is too large to be finite; 0 if it is too near to 0.
std::optional<double> number_of(std::string_view text);

}  // namespace dgauth::json
