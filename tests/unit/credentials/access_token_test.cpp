// SPDX-License-Identifier: MIT
#include "credentials/api_key.hpp"
#include "support/made_up.hpp"
#include "support/printing.hpp"

namespace dgauth::credentials {

TEST_CASE("credentials::find_access_token") {
  const std::string jwt = support::jwt_with("{}");
  const Result<FoundSecret> token = find_access_token(host::Environment({{"DEEPGRAM_ACCESS_TOKEN", jwt}}));
  REQUIRE(token.has_value());
  CHECK(token->secret.reveal() == jwt);
  CHECK(token->source == "env:DEEPGRAM_ACCESS_TOKEN");
  CHECK(find_access_token(host::Environment()).error().kind == ErrorKind::no_credential);
  const auto empty = find_access_token(host::Environment(host::Environment::Variables{{"DEEPGRAM_ACCESS_TOKEN", ""}}));
  CHECK(empty.error().kind == ErrorKind::no_credential);
  CHECK(empty.error().message.find("empty") != std::string::npos);
  for (const std::string& bad :
       {jwt + "\n", " " + jwt, "Bearer " + jwt, std::string("fake'token"), std::string("="), std::string(8193, 'a')}) {
    const auto result = find_access_token(host::Environment({{"DEEPGRAM_ACCESS_TOKEN", bad}}));
    REQUIRE_FALSE(result.has_value());
    CHECK(result.error().kind == ErrorKind::config);
    CHECK(result.error().message.find("DEEPGRAM_ACCESS_TOKEN") != std::string::npos);
    CHECK((result.error().message + result.error().hint).find(bad) == std::string::npos);
  }
}

TEST_CASE("credentials::find_access_token refuses an API key, and what is visibly not a token") {
  const std::string key = "fa4e0005fa4e0005fa4e0005fa4e0005fa4e0005";
  const std::string jwt = support::jwt_with("{}");
  struct Row {
    host::Environment::Variables variables;
    std::string_view message;
  };
  const Row rows[] = {
      {{{"DEEPGRAM_ACCESS_TOKEN", key}}, "DEEPGRAM_ACCESS_TOKEN contains an API key, not a token"},
      {{{"DEEPGRAM_ACCESS_TOKEN", "fake-key"}, {"DEEPGRAM_API_KEY", "fake-key"}},
       "DEEPGRAM_ACCESS_TOKEN contains an API key, not a token"},
      {{{"DEEPGRAM_ACCESS_TOKEN", "\"" + jwt + "\""}}, "DEEPGRAM_ACCESS_TOKEN contains a quotation mark"},
      {{{"DEEPGRAM_ACCESS_TOKEN", "{\"access_token\":\"" + jwt + "\"}"}}, "DEEPGRAM_ACCESS_TOKEN looks like JSON"},
      {{{"DEEPGRAM_ACCESS_TOKEN", "null"}},
       "DEEPGRAM_ACCESS_TOKEN is null, undefined or none, as programs print it for a missing value"},
      {{{"DEEPGRAM_ACCESS_TOKEN", "undefined"}},
       "DEEPGRAM_ACCESS_TOKEN is null, undefined or none, as programs print it for a missing value"},
      {{{"DEEPGRAM_ACCESS_TOKEN", "your-token"}}, "DEEPGRAM_ACCESS_TOKEN looks like a placeholder from an example"},
      {{{"DEEPGRAM_ACCESS_TOKEN", "DEEPGRAM_ACCESS_TOKEN=" + jwt}},
       "DEEPGRAM_ACCESS_TOKEN looks like a .env file (NAME=VALUE)"},
      {{{"DEEPGRAM_ACCESS_TOKEN", "Bearer " + jwt}},
       "DEEPGRAM_ACCESS_TOKEN contains characters that never occur in a token"},
  };
  for (const Row& row : rows) {
    const Result<FoundSecret> result = find_access_token(host::Environment(row.variables));
    REQUIRE_FALSE(result.has_value());
    CHECK(result.error().kind == ErrorKind::config);
    CHECK(result.error().message == row.message);
    CHECK_FALSE(result.error().hint.empty());
    for (const std::string_view secret : {std::string_view(key).substr(0, 8), std::string_view(jwt).substr(0, 8)}) {
      CHECK((result.error().message + result.error().hint).find(secret) == std::string::npos);
    }
  }
  for (const std::string& good : {jwt, std::string("opaque-token=="), std::string("/opaque-token"), key + "0"}) {
    CHECK(find_access_token(host::Environment({{"DEEPGRAM_ACCESS_TOKEN", good}, {"DEEPGRAM_API_KEY", "other"}}))
              .has_value());
  }
}

}  // namespace dgauth::credentials
