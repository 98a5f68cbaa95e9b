// SPDX-License-Identifier: MIT
#include "base/time_words.hpp"

#include "support/printing.hpp"

namespace dgauth {

TEST_CASE("span_in_words: the unit is one of which there are at least two") {
  using std::chrono::seconds;
  struct Row {
    int span;
    std::string_view words;
  };
  const Row rows[] = {{0, "0 s"},        {1, "1 s"},      {119, "119 s"},       {120, "2 min"},
                      {7199, "119 min"}, {7200, "2 h"},   {172799, "47 h"},     {172800, "2 d"},
                      {-23, "23 s"},     {-300, "5 min"}, {-95545650, "1105 d"}};
  for (const Row& row : rows) {
    CAPTURE(row.span);
    CHECK(span_in_words(seconds(row.span)) == row.words);
  }
}

}  // namespace dgauth
