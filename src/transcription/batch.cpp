// SPDX-License-Identifier: MIT
#include "transcription/batch.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "base/exit_status.hpp"
#include "deepgram/requests.hpp"
#include "deepgram/service_error.hpp"
#include "json/reader.hpp"
#include "output/error_text.hpp"
#include "transcription/captions.hpp"
#include "transcription/input.hpp"
#include "transcription/transcript_text.hpp"

namespace dgauth::transcription {
namespace {

constexpr std::size_t largest_answer = 256 * 1024 * 1024;  // where it has to be kept to be looked at
constexpr std::size_t shortest_url_secret = 8;

bool is_success(int status) { return status >= 200 && status < 300; }

// The answer as -o has it.
Result<std::string> text_for(const BatchPlan& plan, std::string_view body) {
  if (plan.format == TranscriptFormat::json) {
    return json::Document::parse(body)
               ? Result<std::string>(std::string(body))
               : fail(ErrorKind::service, "the answer to the transcription is not JSON", "check --base-url");
  }
  if (plan.has_callback) {
    return deepgram::decode_callback_reply(body).map([](const std::string& id) { return shown_line(id) + "\n"; });
  }
  return deepgram::decode_transcript(body).map([&plan](const deepgram::Transcript& transcript) {
    switch (plan.format) {
      case TranscriptFormat::srt: return format_srt(cues_of(transcript));
      case TranscriptFormat::vtt: return format_vtt(cues_of(transcript));
      default: return format_transcript(transcript);
    }
  });
}

}  // namespace

Result<http::Request> media_request(const BatchPlan& plan, const std::string& input) {
  http::Request request = deepgram::listen_request(plan.base_url, plan.query);
  request.body_limit = largest_answer;
  if (plan.kind == MediaKind::url) {
    if (Result<void> usable = check_media_url(input); !usable) {
      return fail_at(shown_input(input), ErrorKind::usage, std::move(usable.error()));
    }
    deepgram::set_media_url(request, input);
    return request;
  }
  Result<std::shared_ptr<host::InputFile>> file = open_media_file(input);
  if (!file) {
    return fail(std::move(file.error()));
  }
  deepgram::set_media_file(request, std::move(*file), media_type_of(input));
  return request;
}

Batch::Batch(const BatchPlan& plan, const session::Context& context, deepgram::Api& api,
             session::RenewingCredential& credential, ResultWriter& place, Progress& progress)
    : plan_(plan),
      context_(context),
      api_(api),
      credential_(credential),
      writer_(place),
      progress_(progress),
      jobs_(plan.inputs.size()) {
  for (std::size_t input = 0; input < plan.inputs.size(); ++input) {
    if (place.has(input)) {
      progress.count(true);
      ++succeeded_;
    } else {
      todo_.push_back(input);
    }
  }
}

Result<ExitStatus> Batch::run() {
  start_more();
  api_.run([this] { progress_.tick(); });
  progress_.clear();
  const auto first = std::ranges::find_if(jobs_, [](const Job& job) { return job.error.has_value(); });
  if (!is_single()) {
    context_.messages.note(fmt::format("{} ok, {} failed", succeeded_, jobs_.size() - succeeded_));
  }
  if (is_over()) {
    return fail(*stopped_);
  }
  if (is_single()) {
    return first == jobs_.end() ? Result<ExitStatus>(ExitStatus::ok) : fail(*first->error);
  }
  return first == jobs_.end() ? ExitStatus::ok : exit_status_of(first->error->kind);
}

// Whether nothing can be written any more, or there never was a token.
bool Batch::is_over() const {
  return stopped_ && (stopped_->kind == ErrorKind::output || (credential_.is_renewable() && credential_.serial() == 0));
}

void Batch::start_more() {
  while (!todo_.empty() && !is_renewing_ && (stopped_ || running_ < plan_.jobs)) {
    if (is_over()) {
      todo_.clear();
      return;
    }
    if (!stopped_ && !credential_.is_fresh() && !is_just_renewed_) {
      renew_credential();
      return;
    }
    is_just_renewed_ = false;
    const std::size_t input = todo_.front();
    todo_.pop_front();
    if (stopped_) {
      settle(input, {.text = fail(*stopped_)});
    } else {
      start(input);
    }
  }
}

void Batch::renew_credential() {
  is_renewing_ = true;
  credential_.renew(api_, [this](Result<void> renewed) {
    is_renewing_ = false;
    is_just_renewed_ = renewed.has_value();
    if (!renewed) {
      stopped_ = std::move(renewed.error());
    }
    start_more();
  });
}

void Batch::start(std::size_t input) {
  Result<http::Request> request = media_request(plan_, plan_.inputs[input]);
  if (!request) {
    settle(input, {.text = fail(std::move(request.error()))});
    return;
  }
  if (const std::string doubt = plan_.kind == MediaKind::url ? reachability_warning(plan_.inputs[input]) : "";
      !doubt.empty() && !jobs_[input].had_fresh_token) {
    progress_.clear();
    context_.messages.warn(doubt);
  }
  Job& job = jobs_[input];
  job.file = request->body_file;
  job.serial = credential_.serial();
  if (is_single()) {
    progress_.set_file(job.file);
  }
  request->sink = writer_.sink_for(input);
  if (is_single() && request->sink.write) {  // perhaps to the terminal that shows the progress
    request->sink.write = [this, write = std::move(request->sink.write)](std::string_view piece) {
      progress_.stop();
      return write(piece);
    };
  }
  ++running_;
  api_.start_unjudged({.request = std::move(*request), .credential = credential_.credential(), .limits = plan_.limits},
                      [this, input](Result<http::Response> response) {
                        --running_;
                        finish(input, std::move(response));
                        start_more();
                      });
}

void Batch::finish(std::size_t input, Result<http::Response> response) {
  if (response && may_go_again(input, *response)) {
    jobs_[input].had_fresh_token = true;
    todo_.push_front(input);
    return;
  }
  if (response && response->status == 429 && response->retry_after >= plan_.limits.total && !stopped_) {
    stopped_ = Error{
        .kind = ErrorKind::rate_limit,
        .message = fmt::format("not sent: the server asks for {} s without requests", response->retry_after->count()),
        .hint = "try again then, with --output-dir and --resume"};
  }
  settle(input, outcome_of(input, response));
}

// After a token was refused that has expired since it was minted: nothing was transcribed.
bool Batch::may_go_again(std::size_t input, const http::Response& response) {
  Job& job = jobs_[input];
  const bool is_refused = response.status == 401 &&
                          deepgram::classify(401, deepgram::decode_error_body(response.body)) == ErrorKind::refused;
  if (!is_refused || !credential_.is_renewable() || job.had_fresh_token || stopped_ ||
      (job.file && !job.file->can_rewind())) {
    return false;
  }
  credential_.invalidate(job.serial);
  return true;
}

Outcome Batch::outcome_of(std::size_t input, const Result<http::Response>& response) {
  if (!response) {
    return {.text = fail(response.error())};
  }
  Outcome outcome{.text = std::string(), .http_status = response->status};
  if (!is_success(response->status)) {
    outcome.text = fail(deepgram::describe(*response, deepgram::Purpose::transcription, credential_.credential().kind,
                                           redactor_for(input)));
  } else if (response->is_truncated) {
    outcome.text = fail(ErrorKind::service, "the answer is larger than 256 MiB",
                        "-o json has no limit, for one input or with --output-dir");
  } else if (!response->went_to_sink) {
    outcome.text = text_for(plan_, response->body);
  }
  if (!outcome.text) {
    outcome.text.error().http_status = response->status;
  }
  return outcome;
}

void Batch::settle(std::size_t input, Outcome outcome) {
  Job& job = jobs_[input];
  job.file.reset();
  progress_.clear();
  const bool is_ok = outcome.text.has_value();
  progress_.count(is_ok);
  if (!is_ok) {
    job.error = outcome.text.error();
    if (job.error->kind == ErrorKind::output && !stopped_) {
      stopped_ = job.error;  // and told as such
    } else {
      tell_failure(input, outcome);
    }
  } else if (plan_.has_callback) {
    context_.messages.note(fmt::format("{}: the transcript goes to the callback", shown_input(plan_.inputs[input])));
  }
  Result<void> written = writer_.put(input, std::move(outcome));
  if (is_ok && written) {
    ++succeeded_;
  }
  if (!written && !stopped_) {
    stopped_ = std::move(written.error());
  }
}

void Batch::tell_failure(std::size_t input, const Outcome& outcome) {
  if (is_single() || writer_.tells_failures()) {
    return;
  }
  if (plan_.format == TranscriptFormat::json) {
    context_.host.console.write_err(json_line(plan_.inputs[input], outcome));
    return;
  }
  Error error = outcome.text.error();
  const std::string name = shown_input(plan_.inputs[input]);
  if (error.message.find(name) == std::string::npos) {
    error.message.insert(0, name + ": ");
  }
  context_.host.console.write_err(output::error_text(error));
}

// The values in the query of a URL are often what opens it.
deepgram::Redactor Batch::redactor_for(std::size_t input) const {
  deepgram::Redactor redactor = api_.redactor();
  std::string_view query = plan_.inputs[input];
  const std::size_t begin = plan_.kind == MediaKind::url ? query.find('?') : std::string_view::npos;
  query.remove_prefix(std::min(begin, query.size()));
  while (!query.empty()) {
    query.remove_prefix(1);
    const std::string_view pair = query.substr(0, query.find('&'));
    const std::string_view value = pair.substr(pair.find('=') + 1);  // npos + 1 is 0
    if (value.size() >= shortest_url_secret) {
      redactor.add(Secret(value));
    }
    query.remove_prefix(pair.size());
  }
  return redactor;
}

}  // namespace dgauth::transcription
