// SPDX-License-Identifier: MIT
#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/exit_status.hpp"
#include "base/result.hpp"
#include "deepgram/api.hpp"
#include "deepgram/base_url.hpp"
#include "session/renewing_credential.hpp"
#include "transcription/progress.hpp"
#include "transcription/query.hpp"
#include "transcription/result_writer.hpp"

namespace dgauth::transcription {

// What a run of transcriptions does, all inputs alike.
struct BatchPlan {
  MediaKind kind;
  TranscriptFormat format;
  bool has_callback;
  int jobs;
  const std::vector<std::string>& inputs;
  http::Parameters query;
  deepgram::BaseUrl base_url;
  http::RequestLimits limits;  // with each input
};

// The request for `input`, without a credential. Fails as check_media_url and open_media_file do.
Result<http::Request> media_request(const BatchPlan& plan, const std::string& input);

// Transcribes all inputs, some at a time, through one Api. One that fails does not stop the others; only what would
// fail for all the rest does: no fresh token, nowhere to write.
class Batch {
 public:
  // What is handed in must outlive it.
  Batch(const BatchPlan& plan, const session::Context& context, deepgram::Api& api,
        session::RenewingCredential& credential, ResultWriter& place, Progress& progress);

  // Of a single input its own error. Of several the status of the first that failed, in the order of the inputs; each
  // failure has been told then, and how many there were.
  Result<ExitStatus> run();

 private:
  struct Job {
    std::shared_ptr<host::InputFile> file;  // of the request that is under way
    int serial = 0;                         // of the credential it went with
    bool had_fresh_token = false;           // once already, after a refusal
    std::optional<Error> error;
  };

  bool is_over() const;
  void start_more();
  void start(std::size_t input);
  void renew_credential();
  void finish(std::size_t input, Result<http::Response> response);
  bool may_go_again(std::size_t input, const http::Response& response);
  Outcome outcome_of(std::size_t input, const Result<http::Response>& response);
  void settle(std::size_t input, Outcome outcome);
  void tell_failure(std::size_t input, const Outcome& outcome);
  deepgram::Redactor redactor_for(std::size_t input) const;
  bool is_single() const { return plan_.inputs.size() == 1; }

  const BatchPlan& plan_;
  const session::Context& context_;
  deepgram::Api& api_;
  session::RenewingCredential& credential_;
  ResultWriter& writer_;
  Progress& progress_;
  std::vector<Job> jobs_;         // one an input
  std::deque<std::size_t> todo_;  // inputs that have not begun, or begin anew
  int running_ = 0;
  std::size_t succeeded_ = 0;
  bool is_renewing_ = false;
  bool is_just_renewed_ = false;  // one input goes, even if the token has expired by then
  std::optional<Error> stopped_;  // why nothing more is sent
};

}  // namespace dgauth::transcription
