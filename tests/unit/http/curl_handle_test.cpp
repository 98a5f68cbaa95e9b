// SPDX-License-Identifier: MIT
#include "http/curl_handle.hpp"

#include "support/http_printing.hpp"

namespace dgauth::http {

using namespace std::string_view_literals;

TEST_CASE("http::Options remembers that libcurl did not take an option") {
  curl_global_init(CURL_GLOBAL_DEFAULT);
  const EasyHandle handle(curl_easy_init());
  Options options(handle.get());
  options.set(CURLOPT_URL, "https://h.example");
  options.set(CURLOPT_TIMEOUT_MS, 1000L);
  CHECK(options.result().has_value());
  options.set(CURLOPT_PROTOCOLS_STR, "no-such-protocol");
  options.set(CURLOPT_TIMEOUT_MS, 2000L);  // taken, which must not hide the failure
  REQUIRE_FALSE(options.result().has_value());
  CHECK(options.result().error().kind == ErrorKind::internal);
  CHECK_FALSE(options.result().error().message.empty());
}

TEST_CASE("http::HeaderLines keeps the lines in order") {
  HeaderLines lines;
  CHECK(lines.get() == nullptr);
  CHECK(lines.add(Secret("Content-Type: application/json"sv)));
  CHECK(lines.add(Secret({"Authorization: Token ", "fake-key"})));
  const curl_slist* line = lines.get();
  REQUIRE(line != nullptr);
  CHECK(std::string_view(line->data) == "Content-Type: application/json");
  line = line->next;
  REQUIRE(line != nullptr);
  CHECK(std::string_view(line->data) == "Authorization: Token fake-key");
  CHECK(line->next == nullptr);
}

}  // namespace dgauth::http
