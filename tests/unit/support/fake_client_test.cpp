// SPDX-License-Identifier: MIT
#include "support/fake_client.hpp"

#include "support/fake_clock.hpp"
#include "support/http_send.hpp"

namespace dgauth::support {
namespace {

using namespace std::chrono_literals;

http::Request get(const std::string& url) {
  http::Request request;
  request.url = url;
  return request;
}

}  // namespace

TEST_CASE("support::FakeClient complains of an unexpected request and of an unused reply") {
  std::vector<std::string> complaints;
  {
    FakeClient client([&complaints](const std::string& what) { complaints.push_back(what); });
    client.will_answer(200, "");
    CHECK(send(*client.connect(), get("https://h.example/1")).has_value());
    CHECK(complaints.empty());
    CHECK_FALSE(send(*client.connect(), get("https://h.example/2")).has_value());
    CHECK(complaints == std::vector<std::string>{"unexpected request: GET https://h.example/2"});
    client.will_answer(200, "");
    client.will_fail({.kind = ErrorKind::network, .message = "m"});
  }
  CHECK(complaints.size() == 2);
  CHECK(complaints.back() == "2 of the scripted replies were not asked for");
}

TEST_CASE("support::FakeClient gives replies in the order of start, and delivers them when they are due") {
  FakeClock time;
  FakeClient client;
  client.will_answer(200, "slow", "", 700ms);
  client.will_fail({.kind = ErrorKind::network, .message = "quick"}, 100ms);
  client.will_answer(200, "last", "", 500ms);
  const auto session = client.connect(time.clock());
  const auto begin = time.steady;
  std::vector<std::string> order;
  const auto note = [&](std::string what) {
    order.push_back(what + " after " + std::to_string((time.steady - begin) / 1ms) + " ms");
  };
  session->start(get("https://h.example/1"), [&](const Result<http::Response>& response) {
    note(std::string(response->body));
    CHECK(response->elapsed == 700ms);
    CHECK(response->sent_at == noon);
  });
  session->start(get("https://h.example/2"), [&](const Result<http::Response>& response) {
    note(response.error().message);
    session->start(get("https://h.example/3"), [&](const Result<http::Response>& last) {
      note(std::string(last->body));
      CHECK(last->sent_at == noon + 100ms);
    });
  });
  CHECK(order.empty());
  int ticks = 0;
  session->run([&ticks] { ++ticks; });
  CHECK(order == std::vector<std::string>{"quick after 100 ms", "last after 600 ms", "slow after 700 ms"});
  CHECK(ticks == 3);
  CHECK(time.wall == noon + 700ms);
}

TEST_CASE("support::FakeClient: a function may answer what is not scripted, by the request") {
  FakeClient client;
  client.answers_with([](const http::Request& request) -> Result<http::Response> {
    http::Response response;
    response.status = request.url.ends_with("/good") ? 200 : 404;
    return response;
  });
  client.will_answer(500, "");
  const auto session = client.connect();
  CHECK(send(*session, get("https://h.example/good"))->status == 500);
  CHECK(send(*session, get("https://h.example/good"))->status == 200);
  CHECK(send(*session, get("https://h.example/bad"))->status == 404);
}

}  // namespace dgauth::support
