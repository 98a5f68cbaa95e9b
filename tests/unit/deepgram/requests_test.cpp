// SPDX-License-Identifier: MIT
#include "deepgram/requests.hpp"

#include "base/version.hpp"
#include "support/deepgram_printing.hpp"
#include "support/http_printing.hpp"
#include "support/temporary_folder.hpp"

namespace dgauth::deepgram {
namespace {

using http::Header;

const BaseUrl proxy = *BaseUrl::parse("https://proxy.example/deepgram");
const Header user_agent{"User-Agent", "dgauth/" + std::string(version())};
const Header json_type{"Content-Type", "application/json"};

}  // namespace

TEST_CASE("deepgram::grant_request: no TTL is no field, and a repeat is harmless") {
  for (const bool has_ttl : {false, true}) {
    const http::Request request =
        grant_request(proxy, has_ttl ? std::optional(*Ttl::of(std::chrono::seconds(60))) : std::nullopt);
    CHECK(request.method == "POST");
    CHECK(request.url == "https://proxy.example/deepgram/v1/auth/grant");
    CHECK(request.headers == std::vector{user_agent, json_type});
    CHECK(request.body == (has_ttl ? R"({"ttl_seconds":60})" : "{}"));
    CHECK(request.retry_policy == http::RetryPolicy::freely);
    CHECK(request.wanted_headers == std::vector<std::string>{"dg-request-id"});
    CHECK(request.authorization.empty());
  }
}

TEST_CASE(
    "deepgram::listen_request: the query is percent-encoded, and what may be billed is not repeated, promise 15") {
  const http::Request request = listen_request(proxy, {{"model", "nova-3"}, {"keyterm", "a&b=c d"}, {"x", ""}});
  CHECK(request.method == "POST");
  CHECK(request.url == "https://proxy.example/deepgram/v1/listen?model=nova-3&keyterm=a%26b%3Dc%20d&x=");
  CHECK(request.headers == std::vector{user_agent});
  CHECK(request.retry_policy == http::RetryPolicy::unless_billed);
  CHECK(request.body.empty());
  CHECK(listen_request(BaseUrl(), {}).url == "https://api.deepgram.com/v1/listen");
}

TEST_CASE("deepgram::set_media_url and set_media_file: the body, and what it is") {
  http::Request by_url = listen_request(proxy, {});
  set_media_url(by_url, "https://media.example/\"a\".wav");
  CHECK(by_url.headers == std::vector{user_agent, json_type});
  CHECK(by_url.body == R"({"url":"https://media.example/\"a\".wav"})");
  CHECK(by_url.body_file == nullptr);

  const support::TemporaryFolder directory;
  http::Request by_file = listen_request(proxy, {});
  set_media_file(by_file, host::InputFile::open(directory.file("a.wav", "RIFF")).value(), "audio/wav");
  CHECK(by_file.headers == std::vector{user_agent, Header{"Content-Type", "audio/wav"}});
  CHECK(by_file.body.empty());
  CHECK(by_file.body_file->size() == 4U);
}

}  // namespace dgauth::deepgram
