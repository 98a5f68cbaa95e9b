// SPDX-License-Identifier: MIT
#include "deepgram/listen_parameters.hpp"

#include "support/printing.hpp"

namespace dgauth::deepgram {

TEST_CASE("deepgram::warnings_for names unknown parameters and what may be meant") {
  CHECK(warnings_for({{"model", "x"}, {"utt_split", "1"}}).empty());
  const std::vector<std::string> warnings = warnings_for({{"diarise", "true"}, {"zzzzzzzz", "1"}});
  REQUIRE(warnings.size() == 2);
  CHECK(warnings[0] == "unknown parameter diarise, sent anyway; did you mean diarize?");
  CHECK(warnings[1] == "unknown parameter zzzzzzzz, sent anyway");
}

}  // namespace dgauth::deepgram
