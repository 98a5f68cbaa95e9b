// SPDX-License-Identifier: MIT
#include <algorithm>

#include "cli/run.hpp"
#include "support/fake_client.hpp"
#include "support/test_host.hpp"

// What cli::run says to a command line that is wrong.
namespace dgauth::cli {
namespace {

using support::FakeClient;
using support::TestHost;
using Words = std::vector<std::string>;

struct Said {
  ExitStatus status = ExitStatus::ok;
  std::string out;
  std::string err;
};

Said said(const Words& words) {
  TestHost world;
  world.variables = {{"DEEPGRAM_API_KEY", std::string(support::fake_key)}};
  FakeClient client;
  const ExitStatus status = run(words, world.host(), client.factory());
  CHECK(client.made == 0);
  return {.status = status, .out = world.console.out, .err = world.console.err};
}

bool says(const std::string& text, std::string_view words) { return text.find(words) != std::string::npos; }

}  // namespace

TEST_CASE("cli::run: a wrong command line is status 2 with an error that names what is wrong") {
  struct Row {
    Words words;
    std::string_view named;
  };
  const Row rows[] = {
      {{"grant", "--unknown"}, "--unknown"},
      {{"grant", "--unknown=value"}, "--unknown"},
      {{"--unknown", "grant"}, "--unknown"},
      {{"grant", "-x"}, "-x"},
      {{"mint"}, "mint"},
      {{"grant", "extra"}, "extra"},
      {{"grant", "header"}, "header"},
      {{"grant", "--ttl"}, "--ttl"},
      {{"grant", "--ttl", "--strict-ttl"}, "--ttl"},
      {{"grant", "--ttl", "060"}, "--ttl"},
      {{"grant", "--ttl=0x3c"}, "--ttl"},
      {{"grant", "--ttl="}, "--ttl"},
      {{"grant", "--strict-ttl=1"}, "--strict-ttl"},
      {{"grant", "--strict-ttl=true"}, "--strict-ttl"},
      {{"grant", "--var", "PATH"}, "--var"},
      {{"header", "--auth", "bearer"}, "--auth"},
      {{"header", "--var", "X"}, "--var"},
      {{"grant", "--auth", "key"}, "--auth"},
      {{"grant", "-o", "xml"}, "'xml'"},
      {{"grant", "-o", "XML"}, "-o"},
      {{"header", "-o", "token"}, "'token'"},
      {{"grant", "--json", "-o", "token"}, "--json"},
      {{"grant", "--json=false"}, "--json"},
      {{"grant", "--base-url", "http://api.deepgram.com"}, "--base-url"},
      {{"grant", "--base-url", "api.deepgram.com"}, "--base-url"},
      {{"--base-url=", "header"}, "--base-url"},
      {{"grant", "--region", "us"}, "--region"},
      {{"grant", "--region", "eu", "--base-url", "https://a.example"}, "--region"},
      {{"grant", "--region", "eu", "--base-url", "https://a.example"}, "--base-url"},
      {{"grant", "--timeout", "0"}, "--timeout"},
      {{"grant", "--timeout", "1.5"}, "--timeout"},
      {{"grant", "--timeout", "-5"}, "--timeout"},
      {{"grant", "--connect-timeout", "soon"}, "--connect-timeout"},
      {{"grant", "--retries", "-1"}, "--retries"},
      {{"grant", "--retries", "two"}, "--retries"},
      {{"grant", "--retries", "010"}, "--retries"},
      {{"grant", "--retries", "0x1"}, "--retries"},
      {{"grant", "--retries", "99999999999"}, "--retries"},
      {{"grant", "--cacert", "/missing/ca.pem"}, "--cacert"},
      {{"grant", "--api-key", "x"}, "--api-key"},
      {{"grant", "--help=x"}, "--help"},
      {{"--version=1"}, "--version"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.words);
    const Said answer = said(row.words);
    CHECK(answer.status == ExitStatus::usage);
    CHECK(answer.out == "");
    CHECK(answer.err.starts_with("dgauth: error: "));
    CHECK(says(answer.err.substr(0, answer.err.find('\n')), row.named));
    CHECK(std::ranges::count(answer.err, '\n') <= 2);
    CHECK_FALSE(says(answer.err, "bug"));
  }
}

TEST_CASE("cli::run suggests what was meant") {
  struct Row {
    Words words;
    std::string_view meant;
  };
  const Row rows[] = {
      {{"grnat"}, "grant"},
      {{"gran"}, "grant"},
      {{"grants", "--ttl", "60"}, "grant"},
      {{"heder"}, "header"},
      {{"help", "grnat"}, "grant"},
      {{"grant", "--tll", "60"}, "--ttl"},
      {{"grant", "--strict-tl"}, "--strict-ttl"},
      {{"grant", "--base-ulr=https://x.example"}, "--base-url"},
      {{"header", "--auht", "key"}, "--auth"},
      {{"--verbos", "grant"}, "--verbose"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.words);
    const Said answer = said(row.words);
    CHECK(answer.status == ExitStatus::usage);
    CHECK(says(answer.err, "dgauth: hint: "));
    CHECK(says(answer.err.substr(answer.err.find("hint: ")), row.meant));
  }
}

TEST_CASE("cli::run repeats nothing that may be a secret, promises 1 and 19") {
  const std::string hex_key = "0123456789abcdef0123456789abcdef01234567";
  for (const std::string& secret :
       {hex_key, support::jwt_with("{}"), std::string("FakeSecret"), std::string("fakesecretfakesecret"),
        std::string("fake+secret/with="), std::string("12345")}) {
    const Words command_lines[] = {
        {secret},
        {secret, "grant"},
        {"grant", secret},
        {"grant", "--ttl", secret},
        {"grant", "--ttl=" + secret},
        {"grant", "--api-key", secret},
        {"grant", "--api-key=" + secret},
        {"grant", "--apikey", secret},
        {"grant", "--token=" + secret},
        {"grant", "--key", secret},
        {"grant", "--apikeyy=" + secret},
        {"grant", "--secret", secret},
        {"grant", "--secret=" + secret},
        {"grant", "--strict-ttl=" + secret},
        {"grant", "--json=" + secret},
        {"grant", "--help=" + secret},
        {"--version=" + secret},
        {"grant", "-q" + secret},
        {"grant", "-x" + secret},
        {"grant", "-o", secret},
        {"grant", "-o" + secret},
        {"grant", "--var", secret + "!"},
        {"header", "--auth", secret},
        {"grant", "--region", secret},
        {"grant", "--base-url", secret},
        {"grant", "--base-url", "http://" + secret + ".example"},
        {"grant", "--base-url", "https://" + secret + "@h.example"},
        {"grant", "--timeout", secret + "x"},
        {"grant", "--retries", secret + "x"},
        {"grant", "--ttl", "60", "--ttl", secret},
        {"help", secret},
        {"grant", "--profile", "p", "--profile", secret, "--unknown"},
        {"cache", secret},
        {"completion", secret},
    };
    for (const Words& words : command_lines) {
      CAPTURE(words);
      const Said answer = said(words);
      CHECK_FALSE(says(answer.err, secret));
      CHECK_FALSE(says(answer.out, secret));
      CHECK(answer.status == ExitStatus::usage);
    }
  }
}

TEST_CASE("cli::run repeats an unknown word only if it is at most 16 of [a-z-]") {
  CHECK(says(said({"sixteen-letters-"}).err, "sixteen-letters-"));
  CHECK_FALSE(says(said({"seventeen-letters"}).err, "seventeen-letters"));
  CHECK_FALSE(says(said({"Mint"}).err, "Mint"));
  CHECK_FALSE(says(said({"m1nt"}).err, "m1nt"));
}

TEST_CASE("cli::run: odd words do no harm, promise 27") {
  using namespace std::string_literals;
  for (const Words& words : {Words{""},
                             Words{"", ""},
                             Words{"-"},
                             Words{"--"},
                             Words{"---"},
                             Words{"--="},
                             Words{"=x"},
                             Words{"-="},
                             Words{"--ttl"},
                             Words{"\x1B[31m"},
                             Words{"--\x1B[31m\n::add-mask::x"},
                             Words{"\xFF\xFE"},
                             Words{"--\xFF"},
                             Words{"grant", "--", "x"},
                             Words{"grant", "--ttl", ""},
                             Words{"grant", "-o", ""},
                             Words{"grant", "--out", ""},
                             Words{"grant\0x"s},
                             Words{std::string(100'000, 'a')},
                             Words{"--" + std::string(100'000, 'a')},
                             Words(1000, "grant"),
                             Words{"@file"},
                             Words{"help", "help"},
                             Words{"help", "--", "grant"}}) {
    CAPTURE(words.size());
    const Said answer = said(words);
    CHECK(answer.status != ExitStatus::failed);
    CHECK_FALSE(says(answer.err, "\x1B"));
    CHECK_FALSE(says(answer.err, "\n::"));
    CHECK(answer.err.size() < 10'000);
  }
}

}  // namespace dgauth::cli
