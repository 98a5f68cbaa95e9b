// SPDX-License-Identifier: MIT
#include "output/own_output.hpp"

#include <string>

#include "support/made_up.hpp"
#include "support/printing.hpp"

namespace dgauth::output {
namespace {

const std::string token = support::jwt_with("{}");
const std::string key(40, 'a');

}  // namespace

// What the commands write is tried with themselves: run_grant --out, run_header --out.
TEST_CASE("output::is_own_output: a line of ours around a token, or around a key that is said to be one") {
  for (const std::string& line :
       {token, "FOO=" + token, "export FOO='" + token + "'", "set -gx FOO '" + token + "'", "Bearer " + token,
        "Authorization: Bearer " + token, "Sec-WebSocket-Protocol: bearer, " + token,
        "header = \"Authorization: Bearer " + token + "\"", "Token " + key, "token, " + key,
        "Authorization: Token " + key, "Sec-WebSocket-Protocol: token, " + key,
        "header = \"Authorization: Token " + key + "\""}) {
    CAPTURE(line);
    CHECK(is_own_output(line + "\n"));
    CHECK_FALSE(is_own_output(line));
    CHECK_FALSE(is_own_output(line + "\n\n"));
    CHECK_FALSE(is_own_output(line + "\n" + line + "\n"));
    CHECK_FALSE(is_own_output(" " + line + "\n"));
  }
}

TEST_CASE("output::is_own_output: what others write around a word is theirs") {
  for (const std::string& line : {std::string(),
                                  std::string("hunter2"),
                                  key,
                                  std::string(80, 'a'),
                                  std::string("a.b.c"),
                                  "FOO=" + key,
                                  std::string("FOO=hunter2"),
                                  "PATH=" + token,
                                  "1=" + token,
                                  "=" + token,
                                  "export FOO=" + token,
                                  "export FOO='" + key + "'",
                                  "export FOO='" + token,
                                  "export FOO BAR='" + token + "'",
                                  "Bearer " + key,
                                  std::string("Bearer hunter2"),
                                  "Token " + token,
                                  std::string("Authorization: Token hunter2"),
                                  "Authorization: " + token,
                                  "Authorization: Bearer" + token,
                                  "header = \"Cookie: " + token + "\"",
                                  "header = \"Authorization: Bearer " + token}) {
    CAPTURE(line);
    CHECK_FALSE(is_own_output(line + "\n"));
  }
}

TEST_CASE("output::is_own_output: JSON with our members and no others") {
  const std::string begin = R"({"access_token":")" + token + R"(","token_type":"Bearer","expires_in":30,"expires_at":)";
  const std::string rest = R"("requested_ttl":null,"base_url":"https://a","request_id":"r","key_source":"env:A",)";
  const std::string grant = begin + R"(null,"expires_at_unix":1700000000,)" + rest + R"("cached":false})";
  const std::string header =
      R"({"Authorization":"Bearer )" + token + R"(","Sec-WebSocket-Protocol":"bearer, )" + token + "\"}";
  for (const std::string& own :
       {grant, header, R"({"Authorization":"Token )" + key + R"(","Sec-WebSocket-Protocol":"token, )" + key + "\"}"}) {
    CAPTURE(own);
    CHECK(is_own_output(own + "\n"));
    CHECK_FALSE(is_own_output(own));
    CHECK_FALSE(is_own_output(own + " \n"));
    const std::string inner = own.substr(0, own.size() - 1);
    CHECK_FALSE(is_own_output(inner + ",\"refresh_token\":\"precious\"}\n"));
    CHECK_FALSE(is_own_output(inner + "\n"));
  }
  for (const std::string& other :
       {std::string(R"({"access_token":"other","refresh_token":"precious"})"), std::string("{}"),
        R"({"access_token":")" + token + "\"}", R"({"Authorization":"Bearer )" + token + "\"}",
        begin + R"(null,"expires_at_unix":1e300,)" + rest + R"("cached":false})",
        begin + R"(null,"expires_at_unix":0.5,)" + rest + R"("cached":false})",
        begin + R"(null,"expires_at_unix":{"a":1},)" + rest + R"("cached":false})",
        begin + R"(null,"expires_at_unix":null,)" + rest + R"("cached":false,"cached":true})"}) {
    CAPTURE(other);
    CHECK_FALSE(is_own_output(other + "\n"));
  }
}

}  // namespace dgauth::output
