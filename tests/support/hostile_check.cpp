// SPDX-License-Identifier: MIT
#include "support/hostile_check.hpp"

#include "cli/run.hpp"
#include "support/cases/json.hpp"

namespace dgauth::support {

std::string quoted(const std::string& text) {
  return text == "\xED\xA0\xBD"
             ? R"("\ud83d")"
             : cases::json_text(cases::Json(text.data(), static_cast<rapidjson::SizeType>(text.size())));
}

http::Response reply(int status, std::string_view body, std::string_view header, const std::string& value) {
  http::Response response;
  response.status = status;
  response.body = body;
  response.sent_at = noon;
  if (!header.empty()) {
    response.headers[std::string(header)] = value;
  }
  return response;
}

FakeConsole run_check(std::vector<std::string> args, host::Environment::Variables variables, int requests,
                      const CheckAnswer& answer) {
  TestHost world;
  world.variables = std::move(variables);
  world.variables["GITHUB_ACTIONS"] = "true";
  FakeClient client;
  for (int i = 0; i < requests; ++i) {
    client.will_answer([&answer](const http::Request& request) -> Result<http::Response> { return answer(request); });
  }
  args.insert(args.begin(), "check");
  cli::run(args, world.host(), client.factory());
  return world.console;
}

bool asks(const http::Request& request, std::string_view method, std::string_view path) {
  return request.method == method && request.url.find(path) != std::string::npos;
}

}  // namespace dgauth::support
