// SPDX-License-Identifier: MIT
#include "commands/transcribe.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <memory>
#include <utility>

#include "host/process.hpp"
#include "options/enum_names.hpp"
#include "output/dry_run.hpp"
#include "transcription/batch.hpp"
#include "transcription/input.hpp"

namespace dgauth::commands {
namespace {

constexpr std::chrono::seconds time_for_one = std::chrono::minutes(10);

constexpr std::array<options::EnumName<transcription::TranscriptFormat>, 4> formats = {{
    {"text", transcription::TranscriptFormat::text},
    {"json", transcription::TranscriptFormat::json},
    {"srt", transcription::TranscriptFormat::srt},
    {"vtt", transcription::TranscriptFormat::vtt},
}};
constexpr auto format_names = options::names_of(formats);

bool is_given(const http::Parameters& query, std::string_view name) {
  return std::ranges::find(query, name, &http::Parameters::value_type::first) != query.end();
}

Error stdin_is_terminal() {
  return {.kind = ErrorKind::usage, .message = "- is stdin, and stdin is a terminal", .hint = "pipe something in"};
}

Result<void> check_usage(const transcription::TranscribeOptions& options, transcription::TranscriptFormat format,
                         const session::Context& context, const std::vector<std::string>& inputs) {
  if (options.auth != session::Auth::grant) {
    if (Result<void> usable = session::refuse_mint_options(options.mint); !usable) {
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

Result<std::string> shown_authorization(session::Session& session, const std::optional<session::Auth>& auth) {
  if (!auth) {
    return std::string();
  }
  if (*auth != session::Auth::key) {
    return std::string("Bearer <redacted>");
  }
  return session.placeholder_for_key().map([](const std::string& key) { return "Token " + key; });
}

Result<ExitStatus> show_requests(const transcription::BatchPlan& plan, const std::optional<session::Auth>& auth,
                                 session::Session& session) {
  const session::Context& context = session.context();
  TRY_ASSIGN(const std::string authorization, shown_authorization(session, auth));
  const bool is_text = context.global.output != "json" && context.global.output != "curl";
  for (const std::string& input : plan.inputs) {
    TRY_ASSIGN(const http::Request request, transcription::media_request(plan, input));
    const std::string_view separator = is_text && &input != &plan.inputs.front() ? "\n" : "";
    TRY(context.host.console.write_out(separator));
    TRY(output::show_request(context, request, authorization, request.body_file ? input : std::string()));
  }
  return ExitStatus::ok;
}

Result<ExitStatus> transcribe_all(const transcription::BatchPlan& plan, const transcription::TranscribeOptions& options,
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

template <transcription::MediaKind kind>
Action declare(CLI::App& app) {
  auto options = std::make_shared<transcription::TranscribeOptions>();
  transcription::declare_transcribe(app, kind, *options);
  return [options](const session::Context& context) { return run_transcribe(kind, *options, context); };
}

}  // namespace

Result<ExitStatus> run_transcribe(transcription::MediaKind kind, const transcription::TranscribeOptions& options,
                                  const session::Context& context) {
  const transcription::TranscriptFormat format =
      options::find_named(formats, context.global.output).value_or(transcription::TranscriptFormat::text);
  TRY_ASSIGN(const http::Parameters query, transcription::query_of(options, format));
  if (options.from_file == "-" && context.host.console.in_is_terminal() && !context.global.dry_run) {
    return fail(stdin_is_terminal());
  }
  const std::string_view other_stdin = context.global.api_key_file == "-" ? "--api-key-file" : "";
  TRY_ASSIGN(const std::vector<std::string> inputs, transcription::inputs_of(options, other_stdin));
  TRY(check_usage(options, format, context, inputs));
  TRY_ASSIGN(const std::unique_ptr<session::Session> session, session::Session::open(context));
  if (options.auth == session::Auth::grant) {
    TRY(session::ttl_to_ask_for(*session, options.mint));
  }
  for (const std::string& warning : transcription::warnings_for(query)) {
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

Command transcribe_url_command() {
  return {.name = "transcribe-url",
          .summary = "Transcribe what URLs name",
          .formats = format_names,
          .declare = declare<transcription::MediaKind::url>};
}

Command transcribe_file_command() {
  return {.name = "transcribe-file",
          .summary = "Transcribe files of this machine",
          .formats = format_names,
          .declare = declare<transcription::MediaKind::file>};
}

}  // namespace dgauth::commands
