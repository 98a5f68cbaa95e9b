// SPDX-License-Identifier: MIT
#include "support/fake_exchange.hpp"

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
    FakeExchange exchange([&complaints](const std::string& what) { complaints.push_back(what); });
    exchange.will_answer(200, "");
    CHECK(http::send(*exchange.connect(), get("https://h.example/1")).has_value());
    CHECK(complaints.empty());
    CHECK_FALSE(http::send(*exchange.connect(), get("https://h.example/2")).has_value());
    CHECK(complaints == std::vector<std::string>{"unexpected request: GET https://h.example/2"});
    exchange.will_answer(200, "");
    exchange.will_fail({.kind = ErrorKind::network, .message = "m"});
  }
  CHECK(complaints.size() == 2);
  CHECK(complaints.back() == "2 of the scripted replies were not asked for");
}

TEST_CASE("support::FakeExchange answers by the delays, and lets on_done start more") {
  FakeExchange exchange;
  for (const char* const body : {"soon", "later", "last"}) {
    exchange.will_answer(200, body);
  }
  const auto connection = exchange.connect();
  std::vector<std::string> answers;
  const auto note = [&answers](const Result<http::Response>& response) { answers.emplace_back(response->body); };
  connection->start(get("https://h.example/later"), note, 100ms);
  connection->start(get("https://h.example/soon"), [&](const Result<http::Response>& response) {
    note(response);
    connection->start(get("https://h.example/last"), note, 500ms);
  });
  CHECK(answers.empty());
  connection->run();
  CHECK(answers == std::vector<std::string>{"soon", "later", "last"});
  REQUIRE(exchange.requests.size() == 3);
  CHECK(exchange.requests[0].delay == 100ms);
  CHECK(exchange.requests[1].url == "https://h.example/soon");
  CHECK(exchange.requests[2].delay == 500ms);
}

}  // namespace dgauth::support
