// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "support/fake_client.hpp"
#include "support/report_shapes.hpp"
#include "support/test_host.hpp"

// `dgauth check` as a function, against a service that a test makes up.
namespace dgauth::support {

struct Form {
  const char* name;
  std::string (*shape_of)(const std::string&);
};
constexpr Form forms[] = {{"text", shape_of_text},
                          {"json", shape_of_json},
                          {"junit", shape_of_junit},
                          {"tap", shape_of_tap},
                          {"github", shape_of_github}};

// What the service says to a request.
using CheckAnswer = std::function<http::Response(const http::Request&)>;

http::Response reply(int status, std::string_view body, std::string_view header = {}, const std::string& value = {});
bool asks(const http::Request& request, std::string_view method, std::string_view path);
// As a JSON string; half of a surrogate pair, too.
std::string quoted(const std::string& text);

// Runs it in GitHub Actions with `variables` besides; all of `requests` must be sent. What it showed.
FakeConsole run_check(std::vector<std::string> args, host::Environment::Variables variables, int requests,
                      const CheckAnswer& answer);

}  // namespace dgauth::support
