// SPDX-License-Identifier: MIT
#include "commands/transcribe.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include "deepgram/listen_parameters.hpp"
#include "host/process.hpp"
#include "options/enum_names.hpp"
#include "output/dry_run.hpp"
#include "session/renewing_credential.hpp"
#include "transcription/batch.hpp"
#include "transcription/input.hpp"

namespace dgauth::commands {
namespace {

constexpr std::chrono::seconds time_for_one = std::chrono::minutes(10);

constexpr std::array<options::EnumName<transcription::TranscriptFormat>, 4> formats = {{
    {"text", transcription::TranscriptFormat::text, "the transcript alone"},
    {"json", transcription::TranscriptFormat::json, "the reply of the service"},
    {"srt", transcription::TranscriptFormat::srt, "SubRip captions"},
    {"vtt", transcription::TranscriptFormat::vtt, "WebVTT captions"},
}};

bool is_given(const http::Parameters& query, std::string_view name) {
  return std::ranges::find(query, name, &http::Parameters::value_type::first) != query.end();
}

Error stdin_is_terminal() {
  return {.kind = ErrorKind::usage, .message = "- is stdin, and stdin is a terminal", .hint = "pipe something in"};
}

Result<void> check_usage(const TranscribeOptions& options, transcription::TranscriptFormat format,
                         const session::Context& context, const std::vector<std::string>& inputs) {
  if (options.auth != options::Auth::grant) {
    if (Result<void> usable = options::refuse_mint_options(options.mint); !usable) {
      return usable;
    }
  }
  if (!options.output_dir.empty()) {
    if (Result<void> distinct = transcription::check_result_names(inputs, format); !distinct) {
      return distinct;
    }
  }
  if (options.resume && options.output_dir.empty()) {
    return fail(ErrorKind::usage, "--resume needs --output-dir, where the results are");
  }
  const bool has_captions =
      format == transcription::TranscriptFormat::srt || format == transcription::TranscriptFormat::vtt;
  if (has_captions && inputs.size() > 1 && options.output_dir.empty() && !context.global.dry_run) {
    return fail(ErrorKind::usage, "captions of several inputs cannot share stdout", "add --output-dir");
  }
  const bool reads_stdin = std::ranges::find(inputs, "-") != inputs.end();
  if (reads_stdin && context.host.console.in_is_terminal() && !context.global.dry_run) {
    return fail(stdin_is_terminal());
  }
  return {};
}

Result<std::string> shown_authorization(session::Session& session, const std::optional<options::Auth>& auth) {
  if (!auth) {
    return std::string();
  }
  if (*auth != options::Auth::key) {
    return std::string("Bearer <redacted>");
  }
  return session.placeholder_for_key().map([](const std::string& key) { return "Token " + key; });
}

Result<ExitStatus> show_requests(const transcription::BatchPlan& plan, const std::optional<options::Auth>& auth,
                                 session::Session& session) {
  const session::Context& context = session.context();
  TRY_ASSIGN(const std::string authorization, shown_authorization(session, auth));
  const bool is_text = context.output.dry_run == options::DryRunFormat::text;
  for (const std::string& input : plan.inputs) {
    TRY_ASSIGN(const http::Request request, transcription::media_request(plan, input));
    const std::string_view separator = is_text && &input != &plan.inputs.front() ? "\n" : "";
    TRY(context.host.console.write_out(separator));
    TRY(output::show_request(context, request, authorization, request.body_file ? input : std::string()));
  }
  return ExitStatus::ok;
}

Result<ExitStatus> transcribe_all(const transcription::BatchPlan& plan, const TranscribeOptions& options,
                                  session::Session& session) {
  const session::Context& context = session.context();
  const transcription::ResultPlan result_plan{.console = context.host.console,
                                              .inputs = plan.inputs,
                                              .format = plan.format,
                                              .is_streamed = plan.format == transcription::TranscriptFormat::json &&
                                                             (plan.inputs.size() == 1 || !options.output_dir.empty()),
                                              .output_dir = options.output_dir,
                                              .resume = options.resume};
  const bool shows_progress = !context.messages.is_quiet() && !context.messages.is_verbose();
  transcription::Progress progress(context.host.console, shows_progress, plan.inputs.size());
  TRY_ASSIGN(deepgram::Api * api, session.api());
  TRY_ASSIGN(const std::unique_ptr<session::RenewingCredential> credential,
             session::RenewingCredential::open(session, options.auth, options.mint));
  host::allow_many_files();  // not before: an api_key_command would inherit it
  TRY_ASSIGN(const std::unique_ptr<transcription::ResultWriter> writer, make_result_writer(result_plan));
  return transcription::Batch(plan, context, *api, *credential, *writer, progress).run();
}

Result<ExitStatus> run_transcribe(transcription::MediaKind kind, const TranscribeOptions& options,
                                  const session::Context& context) {
  const transcription::TranscriptFormat format = formats.at(context.output.format).value;
  TRY_ASSIGN(const http::Parameters query, transcription::query_of(options.query, format));
  if (options.from_file == "-" && context.host.console.in_is_terminal() && !context.global.dry_run) {
    return fail(stdin_is_terminal());
  }
  const std::string_view other_stdin = context.global.api_key_file == "-" ? "--api-key-file" : "";
  TRY_ASSIGN(const std::vector<std::string> inputs,
             transcription::inputs_of(options.inputs, options.from_file, other_stdin));
  TRY(check_usage(options, format, context, inputs));
  TRY_ASSIGN(const std::unique_ptr<session::Session> session, session::Session::open(context));
  if (options.auth == options::Auth::grant) {
    TRY(session::ttl_to_ask_for(*session, options.mint));
  }
  for (const std::string& warning : deepgram::warnings_for(query)) {
    context.messages.warn(warning);
  }
  const transcription::BatchPlan plan{.kind = kind,
                                      .format = format,
                                      .has_callback = is_given(query, "callback"),
                                      .jobs = options.jobs,
                                      .inputs = inputs,
                                      .query = query,
                                      .base_url = session->base_url(),
                                      .limits = session->limits(time_for_one)};
  return context.global.dry_run ? show_requests(plan, options.auth, *session) : transcribe_all(plan, options, *session);
}

}  // namespace

constexpr std::array<options::Word, 4> transcript_formats = options::words_of(formats);

Result<ExitStatus> run_transcribe_url(const TranscribeOptions& options, const session::Context& context) {
  return run_transcribe(transcription::MediaKind::url, options, context);
}

Result<ExitStatus> run_transcribe_file(const TranscribeOptions& options, const session::Context& context) {
  return run_transcribe(transcription::MediaKind::file, options, context);
}

}  // namespace dgauth::commands
