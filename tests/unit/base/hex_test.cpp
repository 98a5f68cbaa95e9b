// SPDX-License-Identifier: MIT
#include "base/hex.hpp"

#include <string>

#include "support/printing.hpp"

namespace dgauth {

TEST_CASE("base::append_hex writes two digits for every octet") {
  std::string text = "x";
  for (const char octet : std::string_view("\x00\x09\x0A\x9F\xF0\xFF", 6)) {
    append_hex(text, static_cast<unsigned char>(octet));
  }
  CHECK(text == "x00090a9ff0ff");
  append_hex(text, 0xAB, upper_hex_digits);
  CHECK(text == "x00090a9ff0ffAB");
}

TEST_CASE("base::is_lower_hex") {
  CHECK(is_lower_hex("0123456789abcdef"));
  CHECK(is_lower_hex(""));
  for (const char* const text : {"A", "g", "0x1", "a ", "-1"}) {
    CAPTURE(std::string(text));
    CHECK_FALSE(is_lower_hex(text));
  }
}

}  // namespace dgauth
