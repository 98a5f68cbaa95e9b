// SPDX-License-Identifier: MIT
#include "credentials/parse_key.hpp"

#include "support/heap_watch.hpp"
#include "support/made_up.hpp"
#include "support/printing.hpp"

namespace dgauth::credentials {
namespace {

using namespace std::string_view_literals;

Result<Secret> parsed(std::string_view text) { return parse_key(Secret(text), "the test"); }

std::string visible_ascii() {
  std::string text;
  for (char c = 0x21; c < 0x7F; ++c) {
    text += c;
  }
  return text;
}

}  // namespace

TEST_CASE("credentials::parse_key drops one line end and nothing else, promise 3") {
  const std::string all = visible_ascii();
  const std::string longest(4096, 'k');
  const std::string rows[][2] = {
      {std::string(support::fake_key), std::string(support::fake_key)},
      {"k", "k"},
      {"k\n", "k"},
      {"k\r\n", "k"},
      {all, all},
      {all + "\n", all},
      {longest, longest},
      {longest + "\r\n", longest},
      {"eyJ", "eyJ"},
      {"Token", "Token"},
      {"bearer", "bearer"},
      {"token=abc", "token=abc"},
  };
  for (const auto& row : rows) {
    CAPTURE(row[0].substr(0, 40));
    const auto& [text, key] = row;
    const Result<Secret> result = parsed(text);
    REQUIRE(result.has_value());
    CHECK(result->reveal() == key);
  }
}

TEST_CASE("credentials::parse_key: nothing or only blanks is no credential, promise 5") {
  for (const std::string_view text : {"", "\n", "\r\n", " ", "\t", "  \n", " \t \r\n", "\n\n", "\r\n\r\n"}) {
    CAPTURE(text);
    const Result<Secret> result = parsed(text);
    REQUIRE_FALSE(result.has_value());
    CHECK(result.error().kind == ErrorKind::no_credential);
    CHECK(result.error().message.find("the test") != std::string::npos);
  }
}

TEST_CASE("credentials::parse_key: any other byte is refused by source and position, not by value, promises 3 and 4") {
  struct Row {
    std::string_view text;
    std::string_view position;
  };
  constexpr Row rows[] = {
      {" fake-key", "1"},
      {"fake key", "5"},
      {"fake-key ", "9"},
      {"fake-key \n", "9"},
      {"fake-key\n\n", "9"},
      {"fake-key\r\n\r\n", "9"},
      {"fake-key\r", "9"},
      {"fake-key\r\r\n", "9"},
      {"fake\nkey", "5"},
      {"fake\r\nX-Injected: 1", "5"},
      {"fake\tkey", "5"},
      {"fake\0key"sv, "5"},
      {"fake-key\0"sv, "9"},
      {"\0"sv, "1"},
      {"fake\x7Fkey", "5"},
      {"fake\x1Bkey", "5"},
      {"fake\x80key", "5"},
      {"fake\xC2\xA0key", "5"},
      {"\xC2\xA0"
       "fake-key",
       "1"},
      {"fake-k\xC3\xA9y", "7"},
      {"\xE2\x80\x9C"
       "fake-key\xE2\x80\x9D",
       "1"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    const Result<Secret> result = parsed(row.text);
    REQUIRE_FALSE(result.has_value());
    const Error& error = result.error();
    CHECK(error.kind == ErrorKind::config);
    CHECK(error.message.find("the test") != std::string::npos);
    CHECK(error.message.find(" " + std::string(row.position)) != std::string::npos);
    CHECK((error.message + error.hint).find("fake") == std::string::npos);
    CHECK(error.message.find('\n') == std::string::npos);
  }
}

TEST_CASE("credentials::parse_key names a byte order mark") {
  for (const std::string_view text : {"\xEF\xBB\xBF"
                                      "fake-key",
                                      "\xEF\xBB\xBF"
                                      "fake-key\r\n"}) {
    const Result<Secret> result = parsed(text);
    REQUIRE_FALSE(result.has_value());
    CHECK(result.error().kind == ErrorKind::config);
    CHECK(result.error().message.find("byte order mark") != std::string::npos);
  }
  // UTF-16, as some editors save.
  CHECK(parsed("\xFF\xFE"
               "f\0a\0k\0e\0"sv)
            .error()
            .kind == ErrorKind::config);
}

TEST_CASE("credentials::parse_key has a hint for a scheme word and for a token") {
  for (const std::string_view text : {"Token fake-key", "token fake-key", "TOKEN fake-key\n", "Bearer fake-key",
                                      "bearer fake-key", "Authorization: Token fake-key"}) {
    CAPTURE(text);
    const Result<Secret> result = parsed(text);
    REQUIRE_FALSE(result.has_value());
    CHECK(result.error().kind == ErrorKind::config);
    CHECK_FALSE(result.error().hint.empty());
    CHECK((result.error().message + result.error().hint).find("fake-key") == std::string::npos);
  }
  const std::string jwt = support::jwt_expiring(std::chrono::seconds(60));
  for (const std::string& text : {jwt, jwt + "\n"}) {
    const Result<Secret> result = parsed(text);
    REQUIRE_FALSE(result.has_value());
    CHECK(result.error().kind == ErrorKind::config);
    CHECK(result.error().hint.find("DEEPGRAM_ACCESS_TOKEN") != std::string::npos);
    CHECK(result.error().hint.find("--auth token") != std::string::npos);
    CHECK((result.error().message + result.error().hint).find(jwt.substr(0, 8)) == std::string::npos);
  }
}

TEST_CASE("credentials::parse_key takes at most 4096 bytes") {
  for (const std::size_t size : {4097U, 4098U, 100'000U}) {
    const Result<Secret> result = parsed(std::string(size, 'k'));
    REQUIRE_FALSE(result.has_value());
    CHECK(result.error().kind == ErrorKind::config);
    CHECK(result.error().message.size() < 300);
  }
}

TEST_CASE("credentials::parse_key leaves no copy behind, promise 26") {
  constexpr std::string_view word = "fake-key-while-it-is-parsed";
  const Secret good(word);
  const Secret bad({word, "\x01"});
  const support::HeapWatch watch(word);
  static_cast<void>(parse_key(good, "the test"));
  static_cast<void>(parse_key(bad, "the test"));
  CHECK(watch.blocks_with_word() == 0);
}

}  // namespace dgauth::credentials
