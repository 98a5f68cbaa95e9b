// SPDX-License-Identifier: MIT
#include "transcription/batch.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "output/error_text.hpp"
#include "transcription/answer_sinks.hpp"

namespace dgauth::transcription {
namespace {

// Whether the inputs that are still to be sent would fail with the same.
bool would_meet_all(const Error& error) {
  switch (error.kind) {
    case ErrorKind::refused:
    case ErrorKind::forbidden:
    case ErrorKind::payment: return true;
    case ErrorKind::output: return !error.is_of_one_file;
    default: return false;
  }
}

// What the hint of a batch that was stopped ends with.
std::string_view how_to_send_rest(const Plan& plan) {
  if (plan.resume) {
    return "afterwards the same command transcribes the rest";
  }
  if (plan.output_dir.empty()) {
    return "with --output-dir and --resume, a later run can transcribe just the rest";
  }
  return plan.names == ResultNames::plain ? "" : "afterwards --resume transcribes the rest";
}

std::string joined_hints(std::string_view first, std::string_view second) {
  return fmt::format("{}{}{}", first, first.empty() || second.empty() ? "" : "; ", second);
}

// `error`, whose message begins with `what`, without what was told before.
Error shortened_to(std::string_view what, const Error& error, std::string_view hint) {
  return {.kind = error.kind, .message = std::string(what), .hint = std::string(hint)};
}

std::string_view what_befell(bool was_sent) { return was_sent ? "not transcribed" : "not sent"; }

}  // namespace

Batch::Batch(const Plan& plan, const session::Context& context, deepgram::Api& api,
             session::RenewingCredential& credential, ResultWriter& writer, Progress& progress)
    : plan_(plan),
      context_(context),
      api_(api),
      credential_(credential),
      writer_(writer),
      progress_(progress),
      jobs_(plan.inputs.size()) {
  for (std::size_t input = 0; input < plan.inputs.size(); ++input) {
    if (plan.inputs[input].has_result) {
      progress.count(true);
      ++counts_.already_done;
    } else if (plan.inputs[input].obstacle.empty()) {
      todo_.push_back(input);
    }
  }
}

Result<ExitStatus> Batch::run() {
  for (std::size_t input = 0; input < plan_.inputs.size(); ++input) {
    if (const std::string& obstacle = plan_.inputs[input].obstacle; !obstacle.empty()) {
      settle(input, fail({.kind = ErrorKind::output, .message = obstacle, .is_of_one_file = true}));
    }
  }
  start_more();
  api_.run(progress_.is_on() ? [this] { progress_.tick(); } : std::function<void()>());
  progress_.clear();
  report_counts();
  if (is_over()) {
    return fail(*stopped_);
  }
  if (!first_failure_) {
    return ExitStatus::ok;
  }
  if (plan_.is_single()) {
    return fail(first_failure_->error);
  }
  return exit_status_of(first_failure_->error.kind);
}

// Whether nothing can be written any more.
bool Batch::is_over() const { return stopped_ && stopped_->kind == ErrorKind::output; }

void Batch::stop(const Error& reason) {
  if (!stopped_) {
    stopped_ = reason;
  }
}

// Ends an input once the batch was stopped. One that goes for a second time was refused, and waited to be sent again.
void Batch::leave_out(std::size_t input) {
  Error error = *stopped_;
  if (!plan_.is_single()) {
    error.message = fmt::format("{}: {}", what_befell(jobs_[input].repeats > 0), error.message);
    error.hint = joined_hints(error.hint, how_to_send_rest(plan_));
    error.http_status.reset();  // that of another request
    error.request_id.clear();
  }
  jobs_[input].is_left_out = true;
  settle(input, fail(std::move(error)));
}

void Batch::start_more() {
  while (!todo_.empty() && !is_renewing_ && (stopped_ || running_ < plan_.jobs)) {
    if (!stopped_) {
      if (const Result<void> allowed = api_.may_transcribe(plan_.limits); !allowed) {
        stop(allowed.error());
      } else if (!credential_.is_fresh() && !is_just_renewed_) {
        renew_credential();
        return;
      }
    }
    is_just_renewed_ = false;
    const std::size_t input = todo_.front();
    todo_.pop_front();
    if (stopped_) {
      leave_out(input);
    } else if (!start(input)) {
      return;
    }
  }
}

// False if it has to wait until one that is under way is done.
bool Batch::start(std::size_t index) {
  const Input& input = plan_.inputs[index];
  http::Request request = request_for(plan_, input);
  Job& job = jobs_[index];
  if (job.file) {  // of an attempt before: stdin and its like could not be opened at their start again
    job.file->rewind();
    request.body_file = job.file;
  } else if (input.kind != InputKind::url) {
    Result<std::unique_ptr<host::InputFile>> file = host::InputFile::open(input.text);
    if (!file && file.error().kind == ErrorKind::internal && running_ > 0) {  // too many files are open
      todo_.push_front(index);
      return false;
    }
    if (!file) {  // it could be read before the first input was sent
      settle(index, fail(std::move(file.error())));
      return true;
    }
    job.file = std::move(*file);
    request.body_file = job.file;
  }
  job.began_at = job.began_at.value_or(context_.host.clock.steady_now());
  request.sink = writer_.sink_for(index);
  if (plan_.is_single()) {
    progress_.set_file(job.file);
    if (request.sink.write) {  // perhaps to the terminal that shows the progress
      request.sink.write = [this, write = std::move(request.sink.write)](std::string_view piece) {
        progress_.stop();
        return write(piece);
      };
    }
  }
  if (!request.sink.wants) {
    job.text = std::make_shared<std::string>();
    request.sink = text_sink(plan_, request.body_limit, job.text);
  }
  ++running_;
  api_.start(
      {.request = std::move(request),
       .credential = credential_.credential(),
       .fresh_credential = [this, index](deepgram::TakeCredential take) { give_credential(index, std::move(take)); },
       .limits = plan_.limits.after(time_spent(job)),
       .purpose = deepgram::Purpose::transcription,
       .secrets = input.secrets},
      [this, index](Result<http::Response> response) {
        --running_;
        finish(index, std::move(response));
        start_more();
      });
  return true;
}

void Batch::finish(std::size_t input, Result<http::Response> response) {
  if (response) {
    settle(input, transcription_of(input, *response));
    return;
  }
  Error& error = response.error();
  if (may_go_again(input, error)) {
    todo_.push_front(input);
    return;
  }
  if (error.kind == ErrorKind::rate_limit && !error.http_status) {  // the client waits out what another input was told
    stop(error);
    leave_out(input);
    return;
  }
  settle(input, fail(std::move(error)));
}

Result<Transcription> Batch::transcription_of(std::size_t input, const http::Response& response) const {
  const std::shared_ptr<std::string>& taken = jobs_[input].text;  // null: the writer took the body
  Result<std::string> text = taken ? std::move(*taken) : std::string();
  if (!response.went_to_sink) {  // it is empty
    text = text_for(plan_, response.body);
  }
  if (!text) {
    text.error().http_status = response.status;
    return fail(std::move(text.error()));
  }
  if (plan_.has_callback() && plan_.format != TranscriptFormat::json) {
    deepgram::Redactor redactor = api_.redactor();
    for (const Secret& secret : plan_.inputs[input].secrets) {
      redactor.add(secret);
    }
    *text = redactor.shown_id(*text) + "\n";
  }
  return Transcription{.text = std::move(*text), .http_status = response.status};
}

void Batch::settle(std::size_t input, Result<Transcription> result) {
  jobs_[input].file.reset();
  progress_.clear();
  std::optional<Error> error = result ? std::nullopt : std::optional(result.error());
  Result<void> written = writer_.write(input, std::move(result));
  if (!written) {
    error = error.value_or(written.error());
    if (!written.error().is_of_one_file) {
      stop(written.error());
    }
  }
  progress_.count(!error);
  const bool is_unsent = jobs_[input].is_left_out && jobs_[input].repeats == 0;
  ++(!error ? counts_.succeeded : is_unsent ? counts_.not_sent : counts_.failed);
  if (error) {
    fail_input(input, *error);
  } else if (plan_.has_callback()) {
    context_.messages.note(
        fmt::format("{}: the transcript will be sent to the callback URL", plan_.inputs[input].shown));
  }
}

void Batch::fail_input(std::size_t input, const Error& error) {
  if (!first_failure_ || input < first_failure_->input) {
    first_failure_ = Failure{.input = input, .error = error};
  }
  if (would_meet_all(error)) {
    stop(error);
  }
  report_failure(input, error);
}

void Batch::report_failure(std::size_t index, Error error) {
  if (plan_.is_single() || (writer_.reports_failures() && !is_over())) {
    return;
  }
  const bool is_left_out = jobs_[index].is_left_out;
  if (is_left_out && is_reason_told_) {
    error = shortened_to(what_befell(jobs_[index].repeats > 0), error, is_rest_told_ ? "" : how_to_send_rest(plan_));
  }
  is_reason_told_ = is_reason_told_ || is_left_out || (stopped_ && stopped_->message == error.message);
  is_rest_told_ = is_rest_told_ || is_left_out;
  if (is_left_out || error.kind != ErrorKind::usage) {  // what the file says of itself names it
    error.message.insert(0, plan_.inputs[index].shown + ": ");
  }
  const bool is_json = plan_.format == TranscriptFormat::json;
  context_.host.console.write_err(is_json ? output::error_json(error) : output::error_text(error));
}

void Batch::report_counts() const {
  const bool is_clean = counts_.failed + counts_.not_sent == 0;
  if (plan_.is_single() || (is_clean && context_.messages.is_quiet())) {
    return;
  }
  std::string text = fmt::format("{} succeeded", counts_.succeeded);
  for (const auto& [count, what] : {std::pair(counts_.already_done, "already done"),
                                    std::pair(counts_.failed, "failed"), std::pair(counts_.not_sent, "not sent")}) {
    text += count > 0 ? fmt::format(", {} {}", count, what) : "";
  }
  context_.messages.note(text);
}

}  // namespace dgauth::transcription
