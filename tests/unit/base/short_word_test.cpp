// SPDX-License-Identifier: MIT
#include "base/short_word.hpp"

#include "support/printing.hpp"

namespace dgauth {

TEST_CASE("base::is_short_word: short, in lower case, and nothing else but what is allowed besides") {
  CHECK(is_short_word("a", ""));
  CHECK(is_short_word("exit-status", "-"));
  CHECK(is_short_word("sixteen-letters-", "-"));
  for (const char* const word : {"", "seventeen-letters", "exit_status", "Exit", "a1", "a b", "\xC3\xA9"}) {
    CAPTURE(word);
    CHECK_FALSE(is_short_word(word, "-"));
  }
  CHECK(is_short_word("api_key", "-_"));
}

}  // namespace dgauth
