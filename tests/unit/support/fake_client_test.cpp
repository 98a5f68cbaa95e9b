// SPDX-License-Identifier: MIT
#include "support/fake_client.hpp"

namespace dgauth::support {
namespace {

using namespace std::chrono_literals;

http::Request get(const std::string& url) {
  http::Request request;
  request.url = url;
  return request;
}

}  // namespace

TEST_CASE("support::FakeExchange complains of an unexpected request and of an unused reply") {
  std::vector<std::string> complaints;
  {
    FakeClient client([&complaints](const std::string& what) { complaints.push_back(what); });
    client.will_answer(200, "");
    CHECK(http::send(*client.connect(), get("https://h.example/1")).has_value());
    CHECK(complaints.empty());
    CHECK_FALSE(http::send(*client.connect(), get("https://h.example/2")).has_value());
    CHECK(complaints == std::vector<std::string>{"unexpected request: GET https://h.example/2"});
    client.will_answer(200, "");
    client.will_fail({.kind = ErrorKind::network, .message = "m"});
  }
  CHECK(complaints.size() == 2);
  CHECK(complaints.back() == "2 of the scripted replies were not asked for");
}

TEST_CASE("support::FakeExchange answers by the delays, and lets on_done start more") {
  FakeClient client;
  for (const char* const body : {"soon", "later", "last"}) {
    client.will_answer(200, body);
  }
  const auto session = client.connect();
  std::vector<std::string> answers;
  const auto note = [&answers](const Result<http::Response>& response) { answers.emplace_back(response->body); };
  session->start(get("https://h.example/later"), note, 100ms);
  session->start(get("https://h.example/soon"), [&](const Result<http::Response>& response) {
    note(response);
    session->start(get("https://h.example/last"), note, 500ms);
  });
  CHECK(answers.empty());
  session->run();
  CHECK(answers == std::vector<std::string>{"soon", "later", "last"});
  REQUIRE(client.requests.size() == 3);
  CHECK(client.requests[0].delay == 100ms);
  CHECK(client.requests[1].url == "https://h.example/soon");
  CHECK(client.requests[2].delay == 500ms);
}

}  // namespace dgauth::support
