// SPDX-License-Identifier: MIT
#include "deepgram/base_url.hpp"

#include "support/deepgram_printing.hpp"

namespace dgauth::deepgram {

using namespace std::string_view_literals;

TEST_CASE("deepgram::BaseUrl is Deepgram's own where nobody says otherwise") {
  CHECK(BaseUrl().text() == "https://api.deepgram.com");
  CHECK(BaseUrl().host() == "api.deepgram.com");
  CHECK(BaseUrl().is_deepgram());
  CHECK_FALSE(BaseUrl().is_loopback());
  CHECK(BaseUrl().endpoint("/v1/auth/grant") == "https://api.deepgram.com/v1/auth/grant");
}

TEST_CASE("deepgram::BaseUrl::parse takes https, and http to loopback") {
  struct Row {
    std::string_view text, base, host;
    bool is_loopback, is_deepgram;
  };
  constexpr Row rows[] = {
      {"https://api.deepgram.com", "https://api.deepgram.com", "api.deepgram.com", false, true},
      {"https://api.deepgram.com/", "https://api.deepgram.com", "api.deepgram.com", false, true},
      {"https://API.Deepgram.COM", "https://api.deepgram.com", "api.deepgram.com", false, true},
      {"https://uid.eu.api.deepgram.com", "https://uid.eu.api.deepgram.com", "uid.eu.api.deepgram.com", false, true},
      {"https://deepgram.com", "https://deepgram.com", "deepgram.com", false, true},
      {"https://proxy.example/deepgram", "https://proxy.example/deepgram", "proxy.example", false, false},
      {"https://proxy.example/deepgram/", "https://proxy.example/deepgram", "proxy.example", false, false},
      {"https://proxy.example:8443/a/b//", "https://proxy.example:8443/a/b", "proxy.example", false, false},
      {"http://localhost:8080", "http://localhost:8080", "localhost", true, false},
      {"http://LocalHost:8080/x", "http://localhost:8080/x", "localhost", true, false},
      {"http://127.0.0.1:1", "http://127.0.0.1:1", "127.0.0.1", true, false},
      {"http://127.1", "http://127.0.0.1", "127.0.0.1", true, false},
      {"http://0x7f000001:80/", "http://127.0.0.1", "127.0.0.1", true, false},
      {"http://[::1]:9", "http://[::1]:9", "[::1]", true, false},
      {"https://localhost:8443", "https://localhost:8443", "localhost", true, false},
      {"https://10.0.0.1", "https://10.0.0.1", "10.0.0.1", false, false},
      // Not below deepgram.com on a label boundary, promise 11.
      {"https://evildeepgram.com", "https://evildeepgram.com", "evildeepgram.com", false, false},
      {"https://api.deepgram.com.evil.example", "https://api.deepgram.com.evil.example",
       "api.deepgram.com.evil.example", false, false},
      {"https://deepgram.com.evil.example", "https://deepgram.com.evil.example", "deepgram.com.evil.example", false,
       false},
      {"https://api-deepgram.com", "https://api-deepgram.com", "api-deepgram.com", false, false},
      {"https://evil.example/api.deepgram.com", "https://evil.example/api.deepgram.com", "evil.example", false, false},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    const Result<BaseUrl> url = BaseUrl::parse(row.text);
    REQUIRE(url.has_value());
    CHECK(url->text() == row.base);
    CHECK(url->host() == row.host);
    CHECK(url->is_loopback() == row.is_loopback);
    CHECK(url->is_deepgram() == row.is_deepgram);
    CHECK(url->endpoint("/v1/auth/grant") == std::string(row.base) + "/v1/auth/grant");
  }
}

TEST_CASE("deepgram::BaseUrl::parse refuses every other URL as usage and does not repeat it, promise 10") {
  constexpr std::string_view rows[] = {
      // http beyond loopback
      "http://api.deepgram.com",
      "http://evil.example",
      "http://localhost.evil.tld",
      "http://127.0.0.1.nip.io",
      "http://127.evil.example",
      "http://localhost.",
      "http://127.0.0.1.",
      "http://foo.localhost",
      "http://0.0.0.0",
      "http://0",
      "http://10.0.0.1",
      "http://[::]",
      "http://[::ffff:127.0.0.1]",
      "http://[fe80::1%25lo]",
      "http://128.0.0.1",
      "http://localhost@evil.example",
      "http://127.0.0.1@evil.example",
      "http://evil.example#@localhost",
      "http://evil.example?@127.0.0.1",
      "http://evil.example\\@127.0.0.1",
      // other schemes
      "ftp://localhost",
      "file:///etc/passwd",
      "file://localhost/etc/passwd",
      "ws://localhost",
      "wss://api.deepgram.com",
      "gopher://localhost",
      "dict://localhost:11211",
      "javascript://localhost",
      "https+unix://localhost",
      "httpss://api.deepgram.com",
      "data://x",
      // user information
      "https://user@api.deepgram.com",
      "https://user:password@api.deepgram.com",
      "https://@api.deepgram.com",
      "https://:@api.deepgram.com",
      "https://api.deepgram.com@evil.example",
      "https://evil.example@api.deepgram.com",
      // query and fragment
      "https://api.deepgram.com?",
      "https://api.deepgram.com?a=b",
      "https://api.deepgram.com/?a",
      "https://api.deepgram.com#",
      "https://api.deepgram.com/#x",
      "https://api.deepgram.com/a?b#c",
      // a percent sign that is escaped, and would be decoded a second time
      "https://evil%2564eepgram.com",
      "https://a%25.example",
      // characters
      "https://api.deepgram.com\r\nX: y",
      "https://api.deepgram.com\n",
      "https://api.deep\0gram.com"sv,
      "https://api.deepgram.com\0"sv,
      " https://api.deepgram.com",
      "https://api.deepgram.com ",
      "https://api.deepgram.com/a b",
      "\thttps://api.deepgram.com",
      "https://api.deepgram.com/\x7F",
      "https://api.deepgram.com/\x01",
      "https://\xEF\xBD\x81pi.deepgram.com",
      "https://api.deepgram.com/\xC3\xBC",
      "https://\xD0\xB0pi.deepgram.com",
      "\xEF\xBB\xBFhttps://api.deepgram.com",
      "https://api.deepgram%7F.com",
      "https://%D0%B0pi.deepgram.com",
      // no URL
      "",
      "api.deepgram.com",
      "//api.deepgram.com",
      "https:",
      "https:/",
      "https://",
      "https:///x",
      "https:/h",
      "https://?x",
      "https://:443",
      "https://api.deepgram.com:0x50",
      "https://api.deepgram.com:99999",
      "https://api.deepgram.com:-1",
      "://api.deepgram.com",
      "1https://h.example",
      "https://[::1",
      "https://[]",
      "https://h.example:80:80",
  };
  for (const std::string_view text : rows) {
    CAPTURE(text);
    const Result<BaseUrl> url = BaseUrl::parse(text);
    REQUIRE_FALSE(url.has_value());
    CHECK(url.error().kind == ErrorKind::usage);
    CHECK_FALSE(url.error().message.empty());
    if (text.size() > 12) {
      CHECK(url.error().message.find(text) == std::string::npos);
      CHECK(url.error().hint.find(text) == std::string::npos);
    }
    CHECK(url.error().message.find("password") == std::string::npos);
  }
}

TEST_CASE("deepgram::BaseUrl::parse says what is wrong") {
  struct Row {
    std::string_view text, message;
  };
  constexpr Row rows[] = {
      {"api.deepgram.com", "is not a URL: it must begin with https://"},
      {"api.deepgram.com/v1", "is not a URL: it must begin with https://"},
      {"https://user:fake@proxy.example", "contains a user name, which a base URL cannot have"},
      {"https://h.example:99999", "is not a valid URL"},
      {"wss://api.deepgram.com", "must begin with https://"},
      {"https://api.deepgram.com/v1", "must not include /v1, which dgauth adds itself"},
      {"https://api.eu.deepgram.com/v1/", "must not include /v1, which dgauth adds itself"},
      {"https://api.deepgram.com/v1/auth/grant", "must not include /v1, which dgauth adds itself"},
      {"https://api.deepgram.com/v2/listen", "must not include /v2, which dgauth adds itself"},
      {"http://proxy.example", "uses plain http, which would expose the key; http is only allowed for this machine"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    const Result<BaseUrl> url = BaseUrl::parse(row.text);
    REQUIRE_FALSE(url.has_value());
    CHECK(url.error().message == row.message);
    CHECK_FALSE(url.error().hint.empty());
  }
  // A proxy may well have such a path.
  CHECK(BaseUrl::parse("https://proxy.example/v1").has_value());
  CHECK(BaseUrl::parse("https://api.deepgram.com/v12").has_value());
}

TEST_CASE("deepgram::BaseUrl::advice names the URL and its source") {
  CHECK(BaseUrl().advice().empty());
  const BaseUrl proxy = BaseUrl::parse("https://proxy.example/dg")->named_by("DEEPGRAM_BASE_URL");
  CHECK(proxy.source() == "DEEPGRAM_BASE_URL");
  CHECK(proxy.advice() == "check the base URL https://proxy.example/dg (from DEEPGRAM_BASE_URL)");
  CHECK(BaseUrl::parse("https://proxy.example/v1")->named_by("profile prod").advice() ==
        "the base URL https://proxy.example/v1 (from profile prod) should probably not include /v1, which dgauth adds");
}

TEST_CASE("deepgram::BaseUrl: the host decides loopback, however it is written, promise 10") {
  // What is accepted as http must be loopback: one spelling that slips through shows the key on the way.
  constexpr std::string_view hosts[] = {"localhost",       "LOCALHOST",    "127.0.0.1",  "127.0.0.2",
                                        "127.255.255.255", "127.1",        "2130706433", "0x7f.0.0.1",
                                        "0177.0.0.1",      "017700000001", "[::1]",      "[0::1]"};
  for (const std::string_view host : hosts) {
    CAPTURE(host);
    const Result<BaseUrl> url = BaseUrl::parse("http://" + std::string(host));
    if (url) {
      CHECK(url->is_loopback());
      const bool is_on_the_list =
          url->host() == "localhost" || url->host() == "[::1]" || url->host().starts_with("127.");
      CHECK(is_on_the_list);
    }
  }
}

TEST_CASE("deepgram::BaseUrl::of_region") {
  CHECK(BaseUrl::of_region("global") == BaseUrl());
  CHECK(BaseUrl::of_region("eu")->text() == "https://api.eu.deepgram.com");
  CHECK(BaseUrl::of_region("au")->text() == "https://api.au.deepgram.com");
  CHECK(BaseUrl::of_region("in")->text() == "https://api.in.deepgram.com");
  for (const std::string_view name : {""sv, "us"sv, "EU"sv, "eu "sv, "evil.example/"sv, "eu\0"sv, "api.eu"sv}) {
    CAPTURE(name);
    CHECK(BaseUrl::of_region(name) == std::nullopt);
  }
  const std::vector<std::string_view> names(regional_names().begin(), regional_names().end());
  CHECK(names == std::vector{"global"sv, "eu"sv, "au"sv, "in"sv});
  for (const std::string_view name : names) {
    CHECK(BaseUrl::of_region(name).value().is_deepgram());
  }
}

TEST_CASE("deepgram::BaseUrl refuses a host that is longer than any name") {
  const std::string longest = std::string(250, 'a') + ".de";
  CHECK(BaseUrl::parse("https://" + longest + "/x").has_value());
  for (const std::size_t size : {251UL, 65'536UL, 131'072UL}) {
    const Result<BaseUrl> url = BaseUrl::parse("https://" + std::string(size, 'a') + ".de");
    REQUIRE_FALSE(url.has_value());
    CHECK(url.error().kind == ErrorKind::usage);
  }
}

}  // namespace dgauth::deepgram
