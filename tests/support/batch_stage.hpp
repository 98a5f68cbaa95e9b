// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "support/command_stage.hpp"
#include "transcription/batch.hpp"

namespace dgauth::support {

// A plan for `https://media.example/NAME` of each name.
inline transcription::Plan plan_of(const std::vector<std::string>& names, int jobs = 1,
                                   transcription::TranscriptFormat format = transcription::TranscriptFormat::text) {
  transcription::Plan plan{.format = format, .query = {{"model", "nova-3"}}, .jobs = jobs};
  for (const std::string& name : names) {
    plan.inputs.push_back(
        transcription::parse_input(transcription::MediaKind::url, "https://media.example/" + name).value());
  }
  return plan;
}

inline http::Response response_of(int status, std::string_view body) {
  http::Response response;
  response.status = status;
  response.body = body;
  response.sent_at = noon;
  return response;
}

inline std::string transcript_of(std::string_view text) {
  return fmt::format(R"({{"results":{{"channels":[{{"alternatives":[{{"transcript":"{}"}}]}}]}}}})", text);
}

// What is heard in `https://media.example/a` is `a`.
inline Result<http::Response> heard(const http::Request& request) {
  const std::string_view body = request.body;
  const std::string_view name = body.substr(body.rfind('/') + 1);
  return response_of(200, transcript_of(name.substr(0, name.find('"'))));
}

// Where a batch runs. The key is that of the environment.
class BatchStage : public CommandStage {
 public:
  BatchStage() { world.variables = {{"DEEPGRAM_API_KEY", std::string(fake_key)}}; }

  Outcome transcribe(transcription::Plan plan, std::optional<options::Auth> auth = options::Auth::key) {
    return run([&](const session::Context& context) -> Result<ExitStatus> {
      TRY_ASSIGN(const std::unique_ptr<session::Session> session, session::Session::open(context));
      TRY_ASSIGN(deepgram::Api * api, session->api());
      TRY_ASSIGN(const auto credential, session::RenewingCredential::open(*session, auth, {}));
      TRY_ASSIGN(const auto writer, transcription::make_result_writer(plan, world.console));
      transcription::Progress progress(world.console, false, plan.inputs.size(), context.host.clock.steady_now);
      return transcription::Batch(plan, context, *api, *credential, *writer, progress).run();
    });
  }

  std::vector<std::string> authorizations() const {
    std::vector<std::string> all;
    for (const StartedRequest& request : client.requests) {
      all.push_back(request.authorization);
    }
    return all;
  }
};

}  // namespace dgauth::support
