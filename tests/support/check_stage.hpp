// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <map>
#include <string>
#include <string_view>

#include "commands/check.hpp"
#include "support/command_stage.hpp"

namespace dgauth::support {

inline const std::string token = jwt_expiring(std::chrono::seconds(30));

inline http::Response reply(int status, std::string_view body = {}, std::chrono::milliseconds elapsed = {}) {
  http::Response response;
  response.status = status;
  response.body = body;
  response.elapsed = elapsed;
  response.is_upgraded = status == 101;
  return response;
}

// "POST /v1/listen".
inline std::string endpoint_name(const std::string& method, const std::string& url) {
  return method + " " + url.substr(url.find("/v1/"), url.find('?') - url.find("/v1/"));
}

// A Deepgram to which every request is right, as from a key of the role Member, unless `replies` has another reply.
struct CheckStage : CommandStage {
  std::map<std::string, Result<http::Response>> replies;

  CheckStage() {
    world.variables = {{"DEEPGRAM_API_KEY", std::string(fake_key)}};
    client.answers_with([this](const http::Request& request) { return reply_to(request); });
  }

  Result<http::Response> reply_to(const http::Request& request) const {
    const std::string name = endpoint_name(request.method, request.url);
    if (request.authorization.reveal().starts_with("Token 0badc0de")) {
      return reply(401, "", std::chrono::milliseconds(1));
    }
    if (const auto found = replies.find(name); found != replies.end()) {
      return found->second;
    }
    if (name == "POST /v1/auth/grant") {
      return reply(200, grant_reply(token, 30), std::chrono::milliseconds(2));
    }
    if (name == "GET /v1/projects") {
      return reply(200, R"({"projects":[]})", std::chrono::milliseconds(3));
    }
    if (name == "GET /v1/auth/token") {
      return reply(200, R"({"api_key_id":"id-1","scopes":["usage:write"],"created":"2025"})");
    }
    return request.upgrade ? reply(101, "", std::chrono::milliseconds(4))
                           : reply(400, R"({"err_code":"Bad Request","err_msg":"m"})", std::chrono::milliseconds(5));
  }
  void answer_all(const Result<http::Response>& response) {
    for (const deepgram::Probe& probe : deepgram::all_probes()) {
      replies.insert_or_assign(std::string(probe.method) + " " + std::string(probe.path), response);
    }
  }

  using CommandStage::run;
  Outcome run(const commands::CheckOptions& options) {
    return run([&options](const session::Context& context) { return commands::run_check(options, context); },
               commands::check_formats);
  }
  // "PPPPPPPP 0": the verdict of each probe, and the exit status, which the report agrees with.
  std::string verdicts(const commands::CheckOptions& options) {
    global.output = "json";
    world.console.out.clear();
    const Outcome outcome = run(options);
    std::string text;
    const std::string_view mark = R"(,"status":")";
    for (std::size_t at = outcome.out.find(mark); at != std::string::npos; at = outcome.out.find(mark, at + 1)) {
      text += static_cast<char>(outcome.out[at + mark.size()] - 'a' + 'A');
    }
    const ExitStatus status = outcome.result ? *outcome.result : exit_status_of(outcome.result.error().kind);
    const std::string number = std::to_string(static_cast<int>(status));
    CHECK(outcome.out.ends_with("\"exit_status\":" + number + "}\n"));
    return text + " " + number;
  }
};

}  // namespace dgauth::support
