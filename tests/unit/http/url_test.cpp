// SPDX-License-Identifier: MIT
#include "http/url.hpp"

#include "support/http_printing.hpp"

namespace dgauth::http {

using namespace std::string_view_literals;

TEST_CASE("http::parse_url normalises the parts of an absolute URL") {
  struct Row {
    std::string_view text;
    Url url;
    std::string_view base;
  };
  const Row rows[] = {
      {"https://api.example", {"https", "api.example", "", "/"}, "https://api.example"},
      {"https://api.example/", {"https", "api.example", "", "/"}, "https://api.example"},
      {"HTTPS://API.Example:8443/V1/", {"https", "api.example", "8443", "/V1/"}, "https://api.example:8443/V1"},
      {"https://proxy.example/deepgram", {"https", "proxy.example", "", "/deepgram"}, "https://proxy.example/deepgram"},
      {"http://127.0.0.1:0/", {"http", "127.0.0.1", "0", "/"}, "http://127.0.0.1:0"},
      {"http://127.1:81", {"http", "127.0.0.1", "81", "/"}, "http://127.0.0.1:81"},
      {"http://0x7f000001", {"http", "127.0.0.1", "", "/"}, "http://127.0.0.1"},
      {"http://0177.0.0.1", {"http", "127.0.0.1", "", "/"}, "http://127.0.0.1"},
      {"http://[::1]:8080/a", {"http", "[::1]", "8080", "/a"}, "http://[::1]:8080/a"},
      {"wss://api.example/v1/listen", {"wss", "api.example", "", "/v1/listen"}, "wss://api.example/v1/listen"},
      {"https://h.example/a?b=c", {"https", "h.example", "", "/a", true, false}, "https://h.example/a"},
      {"https://h.example/a#b", {"https", "h.example", "", "/a", false, true}, "https://h.example/a"},
      {"https://h.example?", {"https", "h.example", "", "/", true, false}, "https://h.example"},
      {"https://h.example/#", {"https", "h.example", "", "/", false, true}, "https://h.example"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    const std::optional<Url> url = parse_url(row.text);
    CHECK(url == row.url);
    CHECK(url->base() == row.base);
  }
}

TEST_CASE("http::parse_url gives nothing for what is no absolute URL, or names a user, promise 10") {
  for (const std::string_view text : {""sv,
                                      "api.example"sv,
                                      "//api.example"sv,
                                      "/path"sv,
                                      "https:"sv,
                                      "https:/api.example"sv,
                                      "https://"sv,
                                      "https:api.example"sv,
                                      "mailto:a@b.example"sv,
                                      "https://user@h.example"sv,
                                      "https://user:pass@h.example"sv,
                                      "https://:pass@h.example"sv,
                                      "https://@h.example"sv,
                                      "https://h.example:70000"sv,
                                      "https://h.example:x"sv,
                                      "https://h.example:-1"sv,
                                      "https://[::1"sv,
                                      "https://[::zz]"sv,
                                      "https://h example/"sv,
                                      "https://h.example\0"sv,
                                      "https://h.example\0.deepgram.com"sv,
                                      "https://h.exam\nple"sv,
                                      "https://h.example/\r\nHost: evil"sv,
                                      "https://h.example\\@evil.example"sv}) {
    CAPTURE(text);
    CHECK(parse_url(text) == std::nullopt);
  }
}

TEST_CASE("http::parse_foreign_url takes user information, and leaves the path as it is") {
  using Secrets = std::vector<std::string>;
  const std::optional<ForeignUrl> url =
      parse_foreign_url("HTTPS://user:fake%20word@127.1/a/../b%2F?x=1&fake=&&=2&3=4=5#fake-fragment");
  REQUIRE(url.has_value());
  CHECK(url->url == Url{"https", "127.0.0.1", "", "/a/../b%2F", true, true});
  CHECK(url->secrets == Secrets{"1", "2", "4=5", "fake%20word", "fake-fragment", "fake word"});
  CHECK(parse_foreign_url("https://h.example")->secrets.empty());
  CHECK(parse_foreign_url("https://h.example")->url.path == "/");
  for (const std::string_view text : {"", "h.example", "https:///h.example", "https://h example/", "https://",
                                      "https://?x", "https://#x", "https://user@/x", "https://:80/"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_foreign_url(text).has_value());
  }
}

TEST_CASE("http::parse_url does not read beyond the view") {
  constexpr std::string_view buffer = "https://h.example/secret";
  CHECK(parse_url(buffer.substr(0, 17)) == Url{"https", "h.example", "", "/"});
}

TEST_CASE("http::is_loopback is decided on the parsed host, promise 10") {
  struct Row {
    std::string_view text;
    bool is_loopback;
  };
  constexpr Row rows[] = {
      {"http://localhost", true},
      {"http://LOCALHOST:1/x", true},
      {"http://127.0.0.1", true},
      {"http://127.1", true},
      {"http://127.255.255.254", true},
      {"http://2130706433", true},
      {"http://0x7f.1", true},
      {"http://[::1]", true},
      {"http://[0:0:0:0:0:0:0:1]", true},
      {"http://localhost.evil.example", false},
      {"http://localhost.", false},
      {"http://foo.localhost", false},
      {"http://notlocalhost", false},
      {"http://localhost.localdomain", false},
      {"http://127.0.0.1.nip.io", false},
      {"http://127.evil.example", false},
      {"http://127.0.0.1.evil.example", false},
      {"http://127.0.0.1.", false},
      {"http://127-0-0-1.example", false},
      {"http://128.0.0.1", false},
      {"http://126.255.255.255", false},
      {"http://12.7.0.1", false},
      {"http://0.0.0.0", false},
      {"http://0", false},
      {"http://10.0.0.1", false},
      {"http://192.168.0.1", false},
      {"http://169.254.169.254", false},
      {"http://[::]", false},
      {"http://[::2]", false},
      {"http://[::ffff:127.0.0.1]", false},
      {"http://[::ffff:7f00:1]", false},
      {"http://[fe80::1]", false},
      {"https://api.deepgram.com/localhost", false},
      {"https://api.deepgram.com/?http://127.0.0.1", false},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    const std::optional<Url> url = parse_url(row.text);
    if (url) {
      CHECK(is_loopback(*url) == row.is_loopback);
    } else {
      CHECK_FALSE(row.is_loopback);  // not to parse at all is safe as well
    }
  }
}

TEST_CASE("http::percent_encoded leaves only what RFC 3986 calls unreserved") {
  constexpr std::string_view unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
  CHECK(percent_encoded(unreserved) == unreserved);
  CHECK(percent_encoded("") == "");
  CHECK(percent_encoded(" +&=/?#%") == "%20%2B%26%3D%2F%3F%23%25");
  CHECK(percent_encoded("\0\n\x7F\xFF"sv) == "%00%0A%7F%FF");
  CHECK(percent_encoded("\xC3\xBC") == "%C3%BC");
  for (int byte = 0; byte < 256; ++byte) {
    CAPTURE(byte);
    const char c = static_cast<char>(byte);
    const std::size_t size = percent_encoded({&c, 1}).size();
    CHECK(size == (byte != 0 && unreserved.find(c) != std::string_view::npos ? 1 : 3));
  }
}

TEST_CASE("http::with_query") {
  CHECK(with_query("https://h.example/v1", {}) == "https://h.example/v1");
  CHECK(with_query("https://h.example/v1", {{"model", "nova-3"}}) == "https://h.example/v1?model=nova-3");
  CHECK(with_query("https://h.example/v1", {{"tag", "a b"}, {"tag", "c&d"}, {"e", ""}, {"f=", "\xC3\xBC"}}) ==
        "https://h.example/v1?tag=a%20b&tag=c%26d&e=&f%3D=%C3%BC");
}

TEST_CASE("http::shown_url hides user information, too, promise 19") {
  constexpr std::string_view rows[][2] = {
      {"https://h.example/a?token=x", "https://h.example/a"},
      {"https://user:secret@h.example/a", "https://h.example/a"},
      {"https://user:sec@ret@h.example:1", "https://h.example:1"},
      {"//user:secret@h.example/a", "//h.example/a"},
      {"https:///user:secret@h.example/a", "https:///h.example/a"},
      {"/a//b@c/d", "/a//b@c/d"},
      {"https://h.example/a//b@c", "https://h.example/a//b@c"},
      {"https://", "https://"},
      {"//", "//"},
      {"https://h.example/a@b", "https://h.example/a@b"},
      {"/a@b", "/a@b"},
      {"a@b", "a@b"},
      {"", ""},
  };
  for (const auto& row : rows) {
    CAPTURE(row[0]);
    CHECK(shown_url(row[0]) == row[1]);
  }
}

TEST_CASE("http::without_query hides what is often a secret") {
  constexpr std::string_view rows[][2] = {
      {"https://h.example/a", "https://h.example/a"},
      {"https://h.example/a?token=x", "https://h.example/a"},
      {"https://h.example/a#access_token=x", "https://h.example/a"},
      {"https://h.example/a#b?c", "https://h.example/a"},
      {"https://h.example?x#y", "https://h.example"},
      {"?x", ""},
      {"", ""},
      {"/relative?x", "/relative"},
  };
  for (const auto& row : rows) {
    CAPTURE(row[0]);
    const auto& [text, shown] = row;
    CHECK(without_query(text) == shown);
  }
}

}  // namespace dgauth::http
