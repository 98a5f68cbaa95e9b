// SPDX-License-Identifier: MIT
#include "deepgram/replies.hpp"

#include "support/deepgram_printing.hpp"
#include "support/made_up.hpp"

namespace dgauth::deepgram {

using namespace std::chrono_literals;
using namespace std::string_view_literals;

TEST_CASE("deepgram::encode_grant_request") {
  CHECK(encode_grant_request(std::nullopt) == "{}");
  CHECK(encode_grant_request(*Ttl::of(1s)) == R"({"ttl_seconds":1})");
  CHECK(encode_grant_request(*Ttl::of(3600s)) == R"({"ttl_seconds":3600})");
}

TEST_CASE("deepgram::decode_grant_reply takes the documented answer and ignores what else is there") {
  const std::string jwt = support::jwt_expiring(60s);
  for (const std::string& body :
       {R"({"access_token":")" + jwt + R"(","expires_in":60})",
        R"( { "expires_in" : 60.0 , "new": {"access_token": 1}, "access_token" : ")" + jwt + "\" }\n",
        R"({"access_token":")" + jwt + R"(","expires_in":6e1,"access_token":"second"})"}) {
    CAPTURE(body);
    const Result<GrantReply> reply = decode_grant_reply(body);
    REQUIRE(reply.has_value());
    CHECK(reply->token.reveal() == jwt);
    CHECK(reply->expires_in == 60s);
  }
}

TEST_CASE("deepgram::decode_grant_reply believes a life of 1 s to one day, rounded down") {
  struct Row {
    std::string_view expires_in;
    std::optional<std::chrono::seconds> life;
  };
  constexpr Row rows[] = {
      {"30", 30s},
      {"30.0", 30s},
      {"3e1", 30s},
      {"29.999", 29s},
      {"1", 1s},
      {"1.9", 1s},
      {"86400", 86400s},
      {"86399.9", 86399s},
      {"0.999", std::nullopt},
      {"0", std::nullopt},
      {"-1", std::nullopt},
      {"-30", std::nullopt},
      {"86400.5", std::nullopt},
      {"86401", std::nullopt},
      {"1e18", std::nullopt},
      {"1e300", std::nullopt},
      {"18446744073709551616", std::nullopt},
      {"\"30\"", std::nullopt},
      {"null", std::nullopt},
      {"true", std::nullopt},
      {"[30]", std::nullopt},
      {"{}", std::nullopt},
  };
  for (const Row& row : rows) {
    CAPTURE(row.expires_in);
    const Result<GrantReply> reply =
        decode_grant_reply(R"({"access_token":"fake-token","expires_in":)" + std::string(row.expires_in) + "}");
    REQUIRE(reply.has_value());
    CHECK(reply->expires_in == row.life);
  }
  const Result<GrantReply> without = decode_grant_reply(R"({"access_token":"fake-token"})");
  REQUIRE(without.has_value());
  CHECK(without->expires_in == std::nullopt);
}

TEST_CASE("deepgram::decode_grant_reply refuses a success without a usable token as service, promises 17 and 27") {
  const std::string too_long(8193, 'a');
  const std::string rows[] = {
      "",
      " ",
      "fake-token",
      "<html><body>Sign in</body></html>",
      "{}",
      "[]",
      "null",
      "\"fake-token\"",
      R"([{"access_token":"fake-token"}])",
      R"({"token":"fake-token"})",
      R"({"Access_Token":"fake-token"})",
      R"({"data":{"access_token":"fake-token"}})",
      R"({"access_token":null})",
      R"({"access_token":1})",
      R"({"access_token":true})",
      R"({"access_token":["fake-token"]})",
      R"({"access_token":{"value":"fake-token"}})",
      R"({"access_token":""})",
      R"({"access_token":" fake-token"})",
      R"({"access_token":"fake-token "})",
      R"({"access_token":"fake-token\n"})",
      R"({"access_token":"fake\r\nX-Injected: token"})",
      R"({"access_token":"fake'token"})",
      R"json({"access_token":"$(fake-token)"})json",
      R"({"access_token":"fake\u0000token"})",
      R"({"access_token":"fake-tok\u00e9n"})",
      R"({"access_token":"fake=token"})",
      R"({"access_token":"="})",
      R"({"access_token":null,"access_token":"fake-token"})",
      R"({"access_token":")" + too_long + "\"}",
      R"({"access_token":"fake-token")",
      R"({"access_token":"fake-token"}})",
      R"({"access_token":"fake-token"} {})",
      R"({"access_token":"fake-token",})",
      std::string("{\"access_token\":\"fake-token\"}\0", 30),
      "{\"access_token\":\"fake-token\",\"x\":\"\xFF\"}",
      std::string(500'000, '['),
  };
  for (const std::string& body : rows) {
    CAPTURE(body.substr(0, 80));
    const Result<GrantReply> reply = decode_grant_reply(body);
    REQUIRE_FALSE(reply.has_value());
    CHECK(reply.error().kind == ErrorKind::service);
    CHECK(reply.error().message.find("fake") == std::string::npos);
    CHECK(reply.error().hint.find("fake") == std::string::npos);
  }
}

TEST_CASE("deepgram::decode_error_body reads the four families") {
  struct Row {
    std::string_view body;
    ErrorBody expected;
  };
  const Row rows[] = {
      {R"({"err_code":"INVALID_AUTH","err_msg":"Made-up words.","request_id":"fake-request-1"})",
       {"INVALID_AUTH", "Made-up words.", "", "fake-request-1"}},
      {R"({"err_code":"FORBIDDEN","err_msg":"Made-up words."})", {"FORBIDDEN", "Made-up words.", "", ""}},
      {R"({"category":"UNAUTHORIZED","message":"Made-up words.","details":"More.","request_id":"fake-request-2"})",
       {"UNAUTHORIZED", "Made-up words.", "More.", "fake-request-2"}},
      {R"({"error_code":"Service Unavailable","err_msg":"Made-up words."})",
       {"Service Unavailable", "Made-up words.", "", ""}},
      {"Made-up words.", {"", "Made-up words.", "", ""}},
      {"  Made-up words. \r\n", {"", "Made-up words.", "", ""}},
      {"caf\xC3\xA9", {"", "caf\xC3\xA9", "", ""}},
      // Lenient: unknown members, wrong types, members missing.
      {R"({"err_code":1,"err_msg":null,"request_id":[],"extra":{}})", {}},
      {R"({"err_code":{"x":1},"category":"NOT_FOUND","message":"m"})", {"NOT_FOUND", "m", "", ""}},
      {R"({"err_msg":"only words"})", {"", "only words", "", ""}},
      {R"( {"category":"NOT_FOUND"} )", {"NOT_FOUND", "", "", ""}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.body);
    CHECK(decode_error_body(row.body) == row.expected);
  }
}

TEST_CASE("deepgram::decode_error_body: what is not readable says nothing, promise 27") {
  const std::string rows[] = {
      "",
      "   \r\n",
      "<html><head><title>403 Forbidden</title></head></html>",
      "  <!DOCTYPE html>",
      "<?xml version=\"1.0\"?><Error/>",
      "{}",
      "[]",
      R"([{"err_code":"INVALID_AUTH"}])",
      R"({"err_code":"INVALID_AUTH")",
      R"({"err_code":"INVALID_AUTH"}x)",
      std::string("{\"err_code\":\"INVALID_AUTH\"}\0", 28),
      "{\"err_code\":\"INVALID_\xFF\"}",
      "not UTF-8: \xFF\xFE",
      std::string("a NUL: \0.", 9),
      std::string(500'000, '['),
      std::string(500'000, '{'),
  };
  for (const std::string& body : rows) {
    CAPTURE(body.substr(0, 60));
    const ErrorBody error = decode_error_body(body);
    CHECK(error.code.empty());
    CHECK(error.message.empty());
  }
}

TEST_CASE("deepgram::token_in finds a token however its name is written, promise 19") {
  for (const std::string_view body :
       {R"({"access_token":"opaque-token-1"})", R"({"access\u005ftoken":"opaque-token-1"})"}) {
    const std::optional<Secret> token = token_in(body);
    REQUIRE(token.has_value());
    CHECK(token->reveal() == "opaque-token-1");
  }
  for (const std::string_view body : {"", "{}", R"({"access_token":"e"})", R"({"access_token":1})", "access_token"}) {
    CHECK_FALSE(token_in(body).has_value());
  }
}

TEST_CASE("deepgram::is_html") {
  for (const std::string_view body : {"<html>", "<!DOCTYPE html>", "\n\t <HTML>", "<?xml version=\"1.0\"?>"}) {
    CAPTURE(body);
    CHECK(is_html(body));
  }
  for (const std::string_view body : {"", "{}", "plain", "a < b", "{\"a\":\"<html>\"}"}) {
    CAPTURE(body);
    CHECK_FALSE(is_html(body));
  }
}

}  // namespace dgauth::deepgram
