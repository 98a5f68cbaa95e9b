// SPDX-License-Identifier: MIT
#include "deepgram/jwt.hpp"

#include "support/deepgram_printing.hpp"
#include "support/made_up.hpp"

namespace dgauth::deepgram {
namespace {

using namespace std::chrono_literals;
using support::jwt_with;

std::optional<Claims> claims_of(std::string_view token) { return decode_claims(Secret(token)); }

std::chrono::system_clock::time_point at(std::chrono::seconds seconds) {
  return std::chrono::system_clock::time_point(seconds);
}

}  // namespace

TEST_CASE("deepgram::decode_claims reads the expiry, if there is one") {
  struct Row {
    std::string_view payload;
    std::optional<std::chrono::system_clock::time_point> expires_at;
  };
  const Row rows[] = {
      {R"({"exp":1772366400})", support::noon},
      {R"({"sub":"00000000-0000-0000-0000-000000000000","exp":1772366400,"scopes":["asr:write"]})", support::noon},
      {R"({"exp":1772366400.9})", support::noon},
      {R"({"exp":1.7723664e9})", support::noon},
      {R"({"exp":1})", at(1s)},
      {R"({"exp":0})", at(0s)},
      {R"({"exp":1772366400,"exp":1})", support::noon},
      {R"({})", std::nullopt},
      {R"({"exp":null})", std::nullopt},
      {R"({"exp":"1772366400"})", std::nullopt},
      {R"({"exp":[1772366400]})", std::nullopt},
      {R"({"exp":true})", std::nullopt},
      {R"({"EXP":1772366400})", std::nullopt},
      {R"({"iat":1772366400,"nbf":1772366400})", std::nullopt},
  };
  for (const Row& row : rows) {
    CAPTURE(row.payload);
    const std::optional<Claims> claims = claims_of(jwt_with(row.payload));
    REQUIRE(claims.has_value());
    CHECK(claims->expires_at == row.expires_at);
  }
}

TEST_CASE("deepgram::decode_claims: an expiry beyond the clock is unknown, or far off, but never wraps, promise 27") {
  for (const std::string_view exp :
       {"4102444800", "9223372036", "9223372037", "18446744073", "253402300799", "253402300800", "9007199254740993",
        "9223372036854775807", "18446744073709551615", "1e15", "1e18", "1e19", "1e300"}) {
    CAPTURE(exp);
    const std::optional<Claims> claims = claims_of(jwt_with("{\"exp\":" + std::string(exp) + "}"));
    if (claims && claims->expires_at) {
      CHECK(*claims->expires_at > support::noon);
    }
  }
  for (const std::string_view exp : {"-1", "-1772366400", "-1e18", "-1e300"}) {
    CAPTURE(exp);
    const std::optional<Claims> claims = claims_of(jwt_with("{\"exp\":" + std::string(exp) + "}"));
    if (claims && claims->expires_at) {
      CHECK(*claims->expires_at < at(0s));
    }
  }
}

TEST_CASE("deepgram::decode_claims gives nothing for what is no JWT, promise 27") {
  const std::string jwt = jwt_with(R"({"exp":1})");
  const std::string header = jwt.substr(0, jwt.find('.'));
  for (const std::string& token : {
           std::string(),
           std::string("x"),
           std::string(support::fake_key),
           std::string(".."),
           std::string("eyJ.."),
           header,
           header + ".",
           header + "..",
           header + ".eyJ9",
           header + ".!!!.x",
           header + ".A.x",
           header + ".eyJleHAiOjF9=.x",  // padded
           header + ".bm90IGpzb24.x",    // "not json"
           jwt_with("[1]"),
           jwt_with("1"),
           jwt_with("null"),
           jwt_with("\"exp\""),
           jwt_with(""),
           jwt_with("{"),
           jwt_with(R"({"exp":1}x)"),
           jwt_with(std::string_view("{\"exp\":1}\0", 10)),
           jwt_with("{\"a\":\"\xFF\"}"),
           jwt + ".more",
           " " + jwt,
           jwt + "\n",
       }) {
    CAPTURE(token);
    CHECK_FALSE(claims_of(token).has_value());
  }
}

TEST_CASE("deepgram::decode_claims survives a payload of any depth, promise 27") {
  static_cast<void>(claims_of(jwt_with(std::string(500'000, '['))));
  static_cast<void>(claims_of(jwt_with("{\"exp\":" + std::string(500'000, '[') + std::string(500'000, ']') + "}")));
}

}  // namespace dgauth::deepgram
