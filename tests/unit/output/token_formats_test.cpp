// SPDX-License-Identifier: MIT
#include "output/token_formats.hpp"

#include "support/command_stage.hpp"
#include "support/heap_watch.hpp"
#include "support/made_up.hpp"

namespace dgauth::output {
namespace {

using namespace std::chrono_literals;
using namespace std::string_view_literals;
using support::noon;

constexpr GrantFormat all_formats[] = {GrantFormat::token,       GrantFormat::json,  GrantFormat::header,
                                       GrantFormat::export_line, GrantFormat::fish,  GrantFormat::dotenv,
                                       GrantFormat::curl,        GrantFormat::github};

deepgram::AccessToken minted(std::string_view token) {
  deepgram::AccessToken all;
  all.value = Secret(token);
  all.expires_in = 60s;
  all.requested = *deepgram::Ttl::of(60s);
  all.sent_at = noon;
  all.request_id = "fake-request-1";
  all.key_source = "stdin";
  return all;
}

std::string text(const deepgram::AccessToken& what, GrantFormat format, std::string_view variable = "T") {
  const Result<Secret> result = format_token(what, format, variable, deepgram::BaseUrl(), noon);
  REQUIRE(result.has_value());
  return std::string(result->reveal());
}

}  // namespace

TEST_CASE("output::format_token: one line each, with its line end") {
  for (const GrantFormat format : all_formats) {
    CAPTURE(static_cast<int>(format));
    const std::string line = text(minted("fake.token-1_~+/=="), format);
    CHECK(line.ends_with('\n'));
    CHECK(line.find('\n') == line.size() - 1);
    CHECK(line.find("fake.token-1_~+/==") != std::string::npos);
  }
}

TEST_CASE("output::format_token: a token is quoted where the reader would take it apart") {
  constexpr std::string_view token = "fake.token-1_~+/==";
  CHECK(text(minted(token), GrantFormat::token) == "fake.token-1_~+/==\n");
  CHECK(text(minted(token), GrantFormat::header) == "Authorization: Bearer fake.token-1_~+/==\n");
  CHECK(text(minted(token), GrantFormat::export_line) == "export T='fake.token-1_~+/=='\n");
  CHECK(text(minted(token), GrantFormat::fish, "X_1") == "set -gx X_1 'fake.token-1_~+/=='\n");
  CHECK(text(minted(token), GrantFormat::dotenv) == "T=fake.token-1_~+/==\n");
  CHECK(text(minted(token), GrantFormat::github) == "T=fake.token-1_~+/==\n");
  CHECK(text(minted(token), GrantFormat::curl) == "header = \"Authorization: Bearer fake.token-1_~+/==\"\n");
}

TEST_CASE("output::format_token: a tilde at the beginning is refused in dotenv only, promise 21") {
  const deepgram::AccessToken tilde = minted("~root");
  for (const GrantFormat format : all_formats) {
    CAPTURE(static_cast<int>(format));
    const Result<Secret> result = format_token(tilde, format, "T", deepgram::BaseUrl(), noon);
    CHECK(result.has_value() == (format != GrantFormat::dotenv));
    if (!result) {
      CHECK(result.error().kind == ErrorKind::service);
    }
  }
}

TEST_CASE("output::format_token: json has every member, null where nothing is known") {
  CHECK(text(minted("fake-token"), GrantFormat::json) ==
        R"({"access_token":"fake-token","token_type":"Bearer","expires_in":60,"expires_at":"2026-03-01T12:01:00Z",)"
        R"("expires_at_unix":1772366460,"requested_ttl":60,"base_url":"https://api.deepgram.com",)"
        R"("request_id":"fake-request-1","key_source":"stdin","cached":false})"
        "\n");
  deepgram::AccessToken unknown = minted("fake-token");
  unknown.expires_in = std::nullopt;
  unknown.requested = std::nullopt;
  unknown.request_id = "";
  unknown.key_source = "file:/a \"b\"\n";
  CHECK(text(unknown, GrantFormat::json) ==
        R"({"access_token":"fake-token","token_type":"Bearer","expires_in":null,"expires_at":null,)"
        R"("expires_at_unix":null,"requested_ttl":null,"base_url":"https://api.deepgram.com","request_id":null,)"
        R"("key_source":"file:/a \"b\"\n","cached":false})"
        "\n");
}

TEST_CASE("output::format_token: fractions of a second round down in both expiries") {
  deepgram::AccessToken late = minted("fake-token");
  late.sent_at = noon + 999ms;
  const std::string json = text(late, GrantFormat::json);
  CHECK(json.find(R"("expires_at":"2026-03-01T12:01:00Z","expires_at_unix":1772366460,)") != std::string::npos);
}

TEST_CASE("output::curl_line escapes what curl -K would take for its own, promise 21") {
  const std::string_view rows[][2] = {
      {"plain", "plain"}, {"a\"b", "a\\\"b"}, {"a\\b", "a\\\\b"}, {"\\\"", "\\\\\\\""}, {"a#b'c", "a#b'c"}};
  for (const auto& [key, escaped] : rows) {
    CHECK(curl_line({deepgram::CredentialKind::api_key, Secret(key)}).reveal() ==
          "header = \"Authorization: Token " + std::string(escaped) + "\"\n");
  }
}

TEST_CASE("output::format_token and curl_line leave no copy behind, promise 26") {
  constexpr std::string_view word = "fake-token-in-its-formats-of-40-letters0";
  const deepgram::AccessToken all = minted(word);
  const deepgram::Credential credential{deepgram::CredentialKind::access_token, Secret(word)};
  for (const GrantFormat format : all_formats) {
    CAPTURE(static_cast<int>(format));
    const support::HeapWatch watch(word);
    static_cast<void>(format_token(all, format, "T", deepgram::BaseUrl(), noon));
    CHECK(watch.blocks_with_word() == 0);
  }
  const support::HeapWatch watch(word);
  static_cast<void>(curl_line(credential));
  static_cast<void>(curl_line({deepgram::CredentialKind::api_key, Secret(word)}));
  CHECK(watch.blocks_with_word() == 0);
}

}  // namespace dgauth::output
