// SPDX-License-Identifier: MIT
#include "credentials/parse_key.hpp"

#include "support/heap_watch.hpp"
#include "support/made_up.hpp"
#include "support/printing.hpp"

namespace dgauth::credentials {
namespace {

using namespace std::string_view_literals;

Result<Secret> parsed(std::string_view text) { return parse_key(Secret(text), "the test"); }

// Less what shows that it is not a key.
std::string visible_ascii() {
  std::string text;
  for (char c = 0x21; c < 0x7F; ++c) {
    if (std::string_view("\"'={<").find(c) == std::string_view::npos) {
      text += c;
    }
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
      {"your", "your"},
      {"xxx", "xxx"},
      {"x-ray", "x-ray"},
      {"$ecret", "$ecret"},
      {"a-key-of-my-own-server", "a-key-of-my-own-server"},
      {"}[#>", "}[#>"},
      {"fake/key", "fake/key"},
      {"~key", "~key"},
      {"nullable", "nullable"},
      {"todo-key", "todo-key"},
      {"`key", "`key"},
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
    CHECK(result.error().hint.find("--auth token to header, check") != std::string::npos);
    CHECK((result.error().message + result.error().hint).find(jwt.substr(0, 8)) == std::string::npos);
  }
}

TEST_CASE("credentials::parse_key refuses what is visibly not a key, and does not repeat it, promise 3") {
  struct Row {
    std::string_view text, message, hint;
  };
  constexpr std::string_view around = "remove the quotes around the key";
  constexpr std::string_view own = "replace it with your own key";
  constexpr std::string_view itself = "replace it with the key itself";
  constexpr std::string_view behind = "use only the key, which is what follows the =, without quotes";
  constexpr std::string_view missing = "check where it comes from, and replace it with the key itself";
  constexpr std::string_view path =
      "to read the key from a file, set DEEPGRAM_API_KEY_FILE to its path instead, or api_key_file in a profile";
  constexpr Row rows[] = {
      {"\"fake0key\"", "contains a quotation mark", around},
      {"'fake0key'\n", "contains a quotation mark", around},
      {"fake0key\"", "contains a quotation mark", around},
      {"fake0'key", "contains a quotation mark", "a key has no quotation marks: check what was copied"},
      {"fake0key==", "contains an equals sign", "a key has no = in it: check what was copied"},
      {"=fake0key", "contains an equals sign", "a key has no = in it: check what was copied"},
      {"DEEPGRAM_API_KEY=fake0key", "looks like a .env file (NAME=VALUE)", behind},
      {"DEEPGRAM_API_KEY=\"fake0key\"\n", "looks like a .env file (NAME=VALUE)", behind},
      {"# fake0key\n\nexport DEEPGRAM_API_KEY=fake0key\nOTHER=1\n", "looks like a .env file (NAME=VALUE)", behind},
      {"api_key = fake0key", "looks like a .env file (NAME=VALUE)", behind},
      {"{\"api_key\":\"fake0key\"}", "looks like JSON", "use only the key that is in it, without quotes"},
      {"{\n  \"key\": \"fake0key\"\n}\n", "looks like JSON", "use only the key that is in it, without quotes"},
      {"[\"fake0key\"]", "looks like JSON", "use only the key that is in it, without quotes"},
      {"${DEEPGRAM_API_KEY}", "looks like a template or a variable that was not filled in", itself},
      {"$DEEPGRAM_API_KEY", "looks like a template or a variable that was not filled in", itself},
      {"${{ secrets.DEEPGRAM_API_KEY }}", "looks like a template or a variable that was not filled in", itself},
      {"<fake0key>", "looks like a placeholder from an example", own},
      {"<your key>", "looks like a placeholder from an example", own},
      {"YOUR_API_KEY", "looks like a placeholder from an example", own},
      {"YOUR_DEEPGRAM_API_KEY", "looks like a placeholder from an example", own},
      {"your-api-key-here", "looks like a placeholder from an example", own},
      {"your api key", "looks like a placeholder from an example", own},
      {"INSERT_YOUR_KEY_HERE", "looks like a placeholder from an example", own},
      {"DEEPGRAM_API_KEY", "looks like a placeholder from an example", own},
      {"changeme", "looks like a placeholder from an example", own},
      {"xxxxxxxx", "looks like a placeholder from an example", own},
      {"XXXX-XXXX", "looks like a placeholder from an example", own},
      {"***", "looks like a placeholder from an example", own},
      {"my-api-key", "looks like a placeholder from an example", own},
      {"TODO", "looks like a placeholder from an example", own},
      {"[REDACTED]", "looks like a placeholder from an example", own},
      {"null", "is null, undefined or none, as programs print it for a missing value", missing},
      {"undefined\n", "is null, undefined or none, as programs print it for a missing value", missing},
      {"None", "is null, undefined or none, as programs print it for a missing value", missing},
      {"$(cat fake0key)", "looks like a command that no shell has run", itself},
      {"`pass fake0key`", "looks like a command that no shell has run", itself},
      {"op://fake0vault/fake0key", "looks like a reference to a secret, not the secret",
       "replace it with the key itself, or run dgauth by 'op run --'"},
      {"/fake0folder/fake0key", "looks like the path of a file", path},
      {"~/fake0key\n", "looks like the path of a file", path},
      {"[default]\napi_key = \"fake0key\"\n", "looks like a configuration file (NAME = VALUE)", behind},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    const Result<Secret> result = parsed(row.text);
    REQUIRE_FALSE(result.has_value());
    CHECK(result.error().kind == ErrorKind::config);
    CHECK(result.error().message == "the API key from the test " + std::string(row.message));
    CHECK(result.error().hint == row.hint);
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
