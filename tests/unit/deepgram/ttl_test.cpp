// SPDX-License-Identifier: MIT
#include "deepgram/ttl.hpp"

#include "support/deepgram_printing.hpp"

namespace dgauth::deepgram {

using namespace std::chrono_literals;

TEST_CASE("deepgram::Ttl::of keeps to the documented bounds") {
  for (const auto seconds : {1s, 2s, 30s, 3599s, 3600s}) {
    const Result<Ttl> ttl = Ttl::of(seconds);
    REQUIRE(ttl.has_value());
    CHECK(ttl->seconds() == seconds);
  }
  for (const auto seconds : {0s, -1s, 3601s, 86400s, std::chrono::seconds::max(), std::chrono::seconds::min()}) {
    CAPTURE(seconds.count());
    const Result<Ttl> ttl = Ttl::of(seconds);
    REQUIRE_FALSE(ttl.has_value());
    CHECK(ttl.error().kind == ErrorKind::usage);
  }
}

TEST_CASE("deepgram::parse_ttl takes durations within the bounds") {
  struct Row {
    std::string_view text;
    std::chrono::seconds seconds;
  };
  constexpr Row rows[] = {{"1", 1s},      {"60", 60s},   {"60s", 60s},   {"5m", 300s},
                          {"60m", 3600s}, {"1h", 3600s}, {"3600", 3600s}};
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(parse_ttl(row.text) == Ttl::of(row.seconds));
  }
}

TEST_CASE("deepgram::parse_ttl refuses everything else as usage and does not repeat it") {
  for (const std::string_view text : {"", "0", "060", "0x3c", "1e2", "３０", "3601", "61m", "2h", "86400", "-60", "+60",
                                      " 60", "60 ", "60.0", "fake0key0of0no0account"}) {
    CAPTURE(text);
    const Result<Ttl> ttl = parse_ttl(text);
    REQUIRE_FALSE(ttl.has_value());
    CHECK(ttl.error().kind == ErrorKind::usage);
    // A predicate, to follow the name of an option.
    const std::string& message = ttl.error().message;
    CHECK((message.starts_with("must be ") || message.starts_with("is out of range")));
    if (text.size() > 3) {  // shorter ones stand in any sentence
      CHECK(ttl.error().message.find(text) == std::string::npos);
      CHECK(ttl.error().hint.find(text) == std::string::npos);
    }
  }
}

}  // namespace dgauth::deepgram
