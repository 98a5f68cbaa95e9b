// SPDX-License-Identifier: MIT
#include "credentials/cache_entry.hpp"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "base/digest.hpp"
#include "support/deepgram_printing.hpp"
#include "support/made_up.hpp"

namespace dgauth::credentials {
namespace {

using namespace std::chrono_literals;
using deepgram::AccessToken;
using deepgram::BaseUrl;
using deepgram::Ttl;
using support::fake_key;
using support::noon;

constexpr std::string_view fake_token = "fake.token.of-nobody";

AccessToken token_living(std::optional<std::chrono::seconds> life, std::optional<Ttl> requested = {}) {
  return {.value = Secret(fake_token),
          .expires_in = life,
          .requested = requested,
          .sent_at = noon,
          .request_id = "fake-request-1"};
}

std::string name_of(const std::string& url, std::optional<std::chrono::seconds> ttl, std::string_view key) {
  return cache_name(BaseUrl::parse(url).value(), ttl ? std::optional(Ttl::of(*ttl).value()) : std::nullopt,
                    Secret(key));
}

bool decodes(std::string_view text) { return decode_entry(Secret(text), {}, noon).has_value(); }

}  // namespace

TEST_CASE("credentials::cache_name tells apart service, lifetime and key") {
  const std::string usual = name_of("https://api.deepgram.com", {}, fake_key);
  CHECK(usual == name_of("https://api.deepgram.com/", {}, fake_key));
  CHECK(name_of("https://h", 60s, "k") == name_of("https://h", 60s, "k"));
  const std::string names[] = {
      usual,
      name_of("https://api.deepgram.com", 30s, fake_key),
      name_of("https://api.deepgram.com", 60s, fake_key),
      name_of("https://api.deepgram.com", 6s, fake_key),
      name_of("https://api.deepgram.com", {}, "fake-other-key"),
      name_of("https://api.eu.deepgram.com", {}, fake_key),
      name_of("https://api.deepgram.com:8443", {}, fake_key),
      name_of("https://api.deepgram.com/prefix", {}, fake_key),
      name_of("http://localhost", {}, fake_key),
  };
  for (const std::string& name : names) {
    CHECK(std::count(std::begin(names), std::end(names), name) == 1);
    CHECK(name.size() == 32);
    CHECK(name.find_first_not_of("0123456789abcdef") == std::string::npos);
  }
}

TEST_CASE("credentials::cache_name says nothing of the key, promise 24") {
  const std::string digest = digest_of(Secret(fake_key));
  for (const auto ttl : {std::optional<std::chrono::seconds>(), std::optional(60s)}) {
    const std::string name = name_of("https://api.deepgram.com", ttl, fake_key);
    for (std::size_t i = 0; i + 8 <= digest.size(); ++i) {
      CHECK(name.find(digest.substr(i, 8)) == std::string::npos);
    }
  }
}

TEST_CASE("credentials::decode_entry gives back what encode_entry got") {
  const std::optional<Ttl> requested = Ttl::of(60s).value();
  for (const std::string id : {"", "fake-request-1", "\"\\\xC3\xBC"}) {
    CAPTURE(id);
    AccessToken token = token_living(60s, requested);
    token.request_id = id;
    const std::optional<AccessToken> back = decode_entry(encode_entry(token), requested, noon);
    REQUIRE(back.has_value());
    CHECK(back->value.reveal() == fake_token);
    CHECK(back->expires_in == 60s);
    CHECK(back->requested == requested);
    CHECK(back->sent_at == noon);
    CHECK(back->request_id == id);
    CHECK(back->expires_at() == token.expires_at());
  }
}

TEST_CASE("credentials::decode_entry gives a request id that may be shown, whoever wrote it, promise 18") {
  AccessToken token = token_living(60s);
  token.request_id = "\n::error::\x1B[2J";
  const std::optional<AccessToken> back = decode_entry(encode_entry(token), {}, noon);
  REQUIRE(back.has_value());
  CHECK(back->request_id == ": :error::\xEF\xBF\xBD[2J");
}

TEST_CASE("credentials::decode_entry never takes a token for one that was sent later than it was") {
  AccessToken token = token_living(60s);
  token.sent_at = noon + 999ms;
  const std::optional<AccessToken> back = decode_entry(encode_entry(token), {}, noon + 999ms);
  REQUIRE(back.has_value());
  CHECK(back->sent_at <= token.sent_at);
  CHECK(token.sent_at - back->sent_at < 1s);
}

TEST_CASE("credentials::decode_entry takes an entry from before, and none from later than now") {
  const Secret entry = encode_entry(token_living(60s));
  CHECK(decode_entry(entry, {}, noon).has_value());
  CHECK(decode_entry(entry, {}, noon + 1h).has_value());
  CHECK_FALSE(decode_entry(entry, {}, noon - 1ms).has_value());
  CHECK_FALSE(decode_entry(entry, {}, noon - 1s).has_value());
  CHECK_FALSE(decode_entry(entry, {}, noon - 1h).has_value());
  CHECK_FALSE(decode_entry(entry, {}, std::chrono::system_clock::time_point()).has_value());
}

TEST_CASE("credentials::decode_entry: what is no entry is nothing, promise 27") {
  const std::string good = R"({"access_token":"fake.token","sent_at":1772366400,"expires_in":60,"request_id":"r"})";
  CHECK(decodes(good));
  CHECK(decodes(R"({"access_token":"fake.token","sent_at":1772366400,"expires_in":60})"));
  for (std::size_t length = 0; length < good.size(); ++length) {
    CAPTURE(length);
    CHECK_FALSE(decodes(good.substr(0, length)));
  }
  const std::string entry = R"({{"access_token":{},"sent_at":{},"expires_in":{}}})";
  struct Row {
    std::string token, sent_at, expires_in;
  };
  const std::string number = "1772366400";
  const std::string token = "\"fake.token\"";
  const Row rows[] = {
      {"null", number, "60"},
      {"7", number, "60"},
      {"[\"fake\"]", number, "60"},
      {"{}", number, "60"},
      {"\"\"", number, "60"},
      {"\"fake token\"", number, "60"},
      {"\"fake'token\"", number, "60"},
      {"\"fake\\ntoken\"", number, "60"},
      {"\"fake\\u0000token\"", number, "60"},
      {"\"" + std::string(8193, 'x') + "\"", number, "60"},
      {token, "null", "60"},
      {token, "\"1772366400\"", "60"},
      {token, "-1", "60"},
      {token, "1772366401", "60"},
      {token, "1e300", "60"},
      {token, "1e999", "60"},
      {token, "9223372036854775808", "60"},
      {token, "true", "60"},
      {token, number, "null"},
      {token, number, "\"60\""},
      {token, number, "0"},
      {token, number, "0.5"},
      {token, number, "-60"},
      {token, number, "86401"},
      {token, number, "1e300"},
      {token, number, "1e999"},
      {token, number, "-1e999"},
      {token, number, "NaN"},
      {token, number, "[60]"},
  };
  CHECK(decodes(fmt::format(fmt::runtime(entry), token, number, "60")));
  for (const Row& row : rows) {
    CAPTURE(row.token.substr(0, 40));
    CAPTURE(row.sent_at);
    CAPTURE(row.expires_in);
    CHECK_FALSE(decodes(fmt::format(fmt::runtime(entry), row.token, row.sent_at, row.expires_in)));
  }
  for (const std::string& text :
       {std::string("null"), std::string("[]"), std::string("{}"), "[" + good + "]", good + good, good + "x",
        std::string(1000000, '['), std::string(413, '\0'), "\xEF\xBB\xBF{" + good, "\xFF" + good}) {
    CAPTURE(text.substr(0, 40));
    CHECK_FALSE(decodes(text));
  }
}

TEST_CASE("credentials::is_fresh_enough: max(min_valid, min(10 s, a fifth of the life))") {
  struct Row {
    std::chrono::seconds life, min_valid;
    std::chrono::milliseconds needed;
  };
  constexpr Row rows[] = {
      {1s, 0s, 200ms}, {3s, 0s, 600ms},  {30s, 0s, 6s},     {49s, 0s, 9800ms}, {50s, 0s, 10s},      {51s, 0s, 10s},
      {60s, 0s, 10s},  {3600s, 0s, 10s}, {86400s, 0s, 10s}, {30s, 1s, 6s},     {30s, 6s, 6s},       {30s, 7s, 7s},
      {60s, 9s, 10s},  {60s, 10s, 10s},  {60s, 11s, 11s},   {60s, 60s, 60s},   {3600s, 600s, 600s}, {1s, 1s, 1s},
  };
  for (const Row& row : rows) {
    CAPTURE(row.life);
    CAPTURE(row.min_valid);
    const AccessToken token = token_living(row.life);
    const auto last_moment = noon + row.life - row.needed;
    CHECK(is_fresh_enough(token, row.min_valid, noon));
    CHECK(is_fresh_enough(token, row.min_valid, last_moment - 1ms));
    CHECK(is_fresh_enough(token, row.min_valid, last_moment));
    CHECK_FALSE(is_fresh_enough(token, row.min_valid, last_moment + 1ms));
    CHECK_FALSE(is_fresh_enough(token, row.min_valid, noon + row.life));
    CHECK_FALSE(is_fresh_enough(token, row.min_valid, noon + row.life + 24h));
  }
}

TEST_CASE("credentials::is_fresh_enough: never, when more is wanted than it was granted, or its life is not known") {
  CHECK_FALSE(is_fresh_enough(token_living(60s), 61s, noon));
  CHECK_FALSE(is_fresh_enough(token_living(60s), std::chrono::hours(24 * 365), noon));
  CHECK_FALSE(is_fresh_enough(token_living({}), 0s, noon));
  CHECK_FALSE(is_fresh_enough(token_living({}), 60s, noon));
}

}  // namespace dgauth::credentials
