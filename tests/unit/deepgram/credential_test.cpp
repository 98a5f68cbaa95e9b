// SPDX-License-Identifier: MIT
#include "deepgram/credential.hpp"

#include "support/deepgram_printing.hpp"
#include "support/made_up.hpp"

namespace dgauth::deepgram {

using namespace std::string_view_literals;

TEST_CASE("deepgram::authorization_value and subprotocol_value: the scheme follows the kind") {
  const Credential key{.kind = CredentialKind::api_key, .secret = Secret("fake-key"sv)};
  CHECK(authorization_value(key).reveal() == "Token fake-key");
  CHECK(subprotocol_value(key).reveal() == "token, fake-key");
  const Credential token{.kind = CredentialKind::access_token, .secret = Secret("fake.jwt.x"sv)};
  CHECK(authorization_value(token).reveal() == "Bearer fake.jwt.x");
  CHECK(subprotocol_value(token).reveal() == "bearer, fake.jwt.x");
  // Even where it looks like the other.
  const Credential odd{.kind = CredentialKind::api_key, .secret = Secret(support::jwt_with("{}"))};
  CHECK(authorization_value(odd).reveal().starts_with("Token eyJ"));
}

TEST_CASE("deepgram::looks_like_jwt") {
  for (const std::string& text :
       {support::jwt_with("{}"), support::jwt_with(R"({"exp":1})"), std::string("eyJhbGciOiJIUzI1NiJ9.eyJ9.abc-_0")}) {
    CAPTURE(text);
    CHECK(looks_like_jwt(text));
  }
  const std::string jwt = support::jwt_with("{}");
  for (const std::string& text :
       {std::string(), std::string(support::fake_key), std::string("0123456789abcdef0123456789abcdef01234567"),
        std::string("eyJ"), std::string("eyJhbGci"), std::string("eyJhbGci.eyJ9"), std::string("a.b.c"),
        std::string("1.2.3"), jwt + ".more", " " + jwt, jwt + "\n", jwt + "=", "Bearer " + jwt,
        std::string("eyJ+/.eyJ9.abc"), std::string("eyJ\0.a.b", 8)}) {
    CAPTURE(text);
    CHECK_FALSE(looks_like_jwt(text));
  }
}

TEST_CASE("deepgram::looks_like_api_key") {
  CHECK(looks_like_api_key(std::string(40, 'a')));
  CHECK(looks_like_api_key("0123456789abcdefABCDEF0123456789abcdef01"));
  for (const std::string& text : {std::string(), std::string(39, 'a'), std::string(41, 'a'), std::string(40, 'g')}) {
    CAPTURE(text);
    CHECK_FALSE(looks_like_api_key(text));
  }
}

TEST_CASE("deepgram::is_bearer_token is the alphabet of RFC 6750, promise 17") {
  for (int byte = 0; byte < 256; ++byte) {
    const char c = static_cast<char>(byte);
    CAPTURE(byte);
    const bool is_allowed = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' ||
                            c == '.' || c == '_' || c == '~' || c == '+' || c == '/';
    CHECK(is_bearer_token("a" + std::string(1, c) + "z") == is_allowed);
    CHECK(is_bearer_token(std::string(1, c) + "z") == is_allowed);
    CHECK(is_bearer_token("a" + std::string(1, c)) == (is_allowed || c == '='));
  }
}

TEST_CASE("deepgram::is_bearer_token rows, promise 17") {
  struct Row {
    std::string text;
    bool is_token;
  };
  const Row rows[] = {
      {"", false},
      {"a", true},
      {"=", false},
      {"==", false},
      {"a=", true},
      {"a==", true},
      {"a=b", false},
      {"=a", false},
      {"a=\n", false},
      {"a\n=", false},
      {"a\n", false},
      {"a\r\nX-Injected: 1", false},
      {"a'; rm -rf $HOME; '", false},
      {"$(id)", false},
      {"::add-mask::", false},
      {std::string("a\0b", 3), false},
      {"~root", true},  // whoever writes it into a shell's file must care
      {support::jwt_with("{}"), true},
      {std::string(8192, 'a'), true},
      {std::string(8193, 'a'), false},
      {std::string(8191, 'a') + "=", true},
      {std::string(8192, 'a') + "=", false},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text.substr(0, 40));
    CAPTURE(row.text.size());
    CHECK(is_bearer_token(row.text) == row.is_token);
  }
}

}  // namespace dgauth::deepgram
