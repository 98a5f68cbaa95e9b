// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstddef>
#include <deque>
#include <memory>
#include <optional>
#include <vector>

#include "base/exit_status.hpp"
#include "base/result.hpp"
#include "deepgram/api.hpp"
#include "host/input_file.hpp"
#include "session/context.hpp"
#include "session/renewing_credential.hpp"
#include "transcription/plan.hpp"
#include "transcription/progress.hpp"
#include "transcription/query.hpp"
#include "transcription/result_writer.hpp"

namespace dgauth::transcription {

// Transcribes all inputs, some at a time, through one Api. One that fails does not stop the others; only what all the
// rest would meet too does: a credential that is refused or may not transcribe, no credit, no fresh token, a server
// that asks for a longer pause than the limits allow, nowhere to write. Then what is under way is finished, and each
// input that was not sent fails with the reason.
class Batch {
 public:
  // What is handed in must outlive it.
  Batch(const Plan& plan, const session::Context& context, deepgram::Api& api, session::RenewingCredential& credential,
        ResultWriter& writer, Progress& progress);

  // Of a single input its own error. Of several the status of the first that failed, in the order of the inputs; each
  // failure has been told then, under the name of its input, and how many there were: with --quiet only if any. Why the
  // rest was not sent is told once, however many they are. An Error if nothing could be written any more.
  Result<ExitStatus> run();

 private:
  struct Job {
    std::shared_ptr<host::InputFile> file;  // of the request that is under way
    std::shared_ptr<std::string> text;      // what becomes of its answer; null: that goes to the writer
    int serial = 0;                         // of the credential it went with
    std::optional<std::chrono::system_clock::time_point> expires_at;  // that credential
    std::optional<std::chrono::steady_clock::time_point> began_at;
    bool was_refused_fresh = false;  // the last time: with a credential that had not expired by our clock
    int repeats = 0;                 // after a refusal
    bool is_left_out = false;        // it fails because the batch was stopped
  };
  struct Counts {
    std::size_t succeeded = 0;
    std::size_t already_done = 0;
    std::size_t failed = 0;
    std::size_t not_sent = 0;
  };
  struct Failure {
    std::size_t input;
    Error error;
  };

  bool is_over() const;
  void stop(const Error& reason);
  void leave_out(std::size_t input);
  void start_more();
  bool start(std::size_t input);
  void renew_credential();
  void give_credential(std::size_t input, deepgram::TakeCredential take);
  void finish(std::size_t input, Result<http::Response> response);
  bool may_go_again(std::size_t input, const Error& error);
  std::chrono::milliseconds time_spent(const Job& job) const;
  Result<Transcription> transcription_of(std::size_t input, const http::Response& response) const;
  void settle(std::size_t input, Result<Transcription> result);
  void fail_input(std::size_t input, const Error& error);
  void report_failure(std::size_t input, Error error);
  void report_counts() const;

  const Plan& plan_;
  const session::Context& context_;
  deepgram::Api& api_;
  session::RenewingCredential& credential_;
  ResultWriter& writer_;
  Progress& progress_;
  std::vector<Job> jobs_;         // one an input
  std::deque<std::size_t> todo_;  // inputs that have not begun, or begin once more
  int running_ = 0;
  bool is_renewing_ = false;
  bool is_just_renewed_ = false;  // one input goes, even if the token has expired by then
  std::optional<Error> stopped_;  // why nothing more is sent
  bool is_reason_told_ = false;   // on stderr
  bool is_rest_told_ = false;     // how that can be sent
  Counts counts_;
  std::optional<Failure> first_failure_;  // in the order of the inputs
};

}  // namespace dgauth::transcription
