// SPDX-License-Identifier: MIT
#include "base/digest.hpp"

#include "support/printing.hpp"

namespace dgauth {

using namespace std::string_view_literals;

TEST_CASE("base::sha256_hex agrees with FIPS 180-4's examples") {
  CHECK(sha256_hex("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(sha256_hex("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(sha256_hex("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq") ==
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  CHECK(sha256_hex(std::string(1'000'000, 'a')) == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST_CASE("base::sha256_hex reads any bytes, NUL included") {
  CHECK(sha256_hex("\0"sv) == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
  CHECK(sha256_hex("a\0"sv) != sha256_hex("a"));
}

TEST_CASE("base::sha1_base64 agrees with RFC 6455, section 1.3") {
  CHECK(sha1_base64("dGhlIHNhbXBsZSBub25jZQ==258EAFA5-E914-47DA-95CA-C5AB0DC85B11") == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
}

TEST_CASE("base::base64 agrees with RFC 4648, section 10") {
  struct Row {
    std::string_view bytes, text;
  };
  constexpr Row rows[] = {
      {"", ""},
      {"f", "Zg=="},
      {"fo", "Zm8="},
      {"foo", "Zm9v"},
      {"foob", "Zm9vYg=="},
      {"fooba", "Zm9vYmE="},
      {"foobar", "Zm9vYmFy"},
      {"\0\0\0"sv, "AAAA"},
      {"\xFB\xEF\xBF"sv, "++\x2B/"},
      {"\xFF\xFF\xFF"sv, "////"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(base64(row.bytes) == row.text);
  }
}

TEST_CASE("base::from_base64url decodes what RFC 7515 encodes") {
  struct Row {
    std::string_view text, bytes;
  };
  constexpr Row rows[] = {
      {"", ""},
      {"Zg", "f"},
      {"Zm8", "fo"},
      {"Zm9v", "foo"},
      {"Zm9vYg", "foob"},
      {"Zm9vYmE", "fooba"},
      {"Zm9vYmFy", "foobar"},
      {"A-z_4ME", "\x03\xEC\xFF\xE0\xC1"sv},  // RFC 7515, appendix C
      {"AAAA", "\0\0\0"sv},
      {"__-_", "\xFF\xFF\xBF"sv},
      // RFC 7519, section 3.1
      {"eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9", "{\"typ\":\"JWT\",\r\n \"alg\":\"HS256\"}"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(from_base64url(row.text) == row.bytes);
  }
}

TEST_CASE("base::from_base64url decodes nothing else") {
  constexpr std::string_view rows[] = {
      "Z",     "Zm9vY",   "Zg==", "Zm8=",        "Zm9v=", "=",     "+/+/", "A+z/4ME", "Zm 9v", "Zm9v\n", " Zm9v",
      "Zm9v.", "Zm\0v"sv, "\0"sv, "Zm9\xC3\xA9", "Zm9v,", "Zm9v:", "Zm9[", "Zm9`",    "Zm9{",  "@m9v",
  };
  for (const std::string_view text : rows) {
    CAPTURE(text);
    CHECK(from_base64url(text) == std::nullopt);
  }
}

TEST_CASE("base::from_base64url gives back what base64 took, for every length and byte") {
  std::string bytes;
  for (int length = 0; length < 600; ++length) {
    std::string text(base64(bytes));
    text.erase(text.find_last_not_of('=') + 1);
    for (char& c : text) {
      c = c == '+' ? '-' : c == '/' ? '_' : c;
    }
    REQUIRE(from_base64url(text) == bytes);
    bytes += static_cast<char>(length * 7 % 256);
  }
}

}  // namespace dgauth
