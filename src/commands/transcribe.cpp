// SPDX-License-Identifier: MIT
#include "commands/transcribe.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

#include <fmt/format.h>

#include "deepgram/listen_parameters.hpp"
#include "host/make_directory.hpp"
#include "host/process.hpp"
#include "options/enum_names.hpp"
#include "output/dry_run.hpp"
#include "session/renewing_credential.hpp"
#include "transcription/batch.hpp"
#include "transcription/input_list.hpp"
#include "transcription/plan.hpp"

namespace dgauth::commands {
namespace {

constexpr std::chrono::seconds time_for_one = std::chrono::minutes(10);

constexpr std::array<options::EnumName<transcription::TranscriptFormat>, 4> formats = {{
    {"text", transcription::TranscriptFormat::text, "the transcript",
     "The transcript. Several speakers or channels are told apart by `Speaker 0:` or `Channel 0:` before each turn. "
     "With "
     "several inputs each transcript comes after a line `==> INPUT <==`, in the order of the inputs."},
    {"json", transcription::TranscriptFormat::json, "the response of the API as JSON",
     "The response of the API, byte for byte. With several inputs one line for each as it finishes, an object: "
     "`input`, "
     "`status` (the exit status for this input), `http_status`, and `response` or `error`."},
    {"srt", transcription::TranscriptFormat::srt, "SubRip captions",
     "SubRip captions, at most two lines of 42 characters at a time. Several inputs need `--output-dir`."},
    {"vtt", transcription::TranscriptFormat::vtt, "WebVTT captions", "WebVTT captions, otherwise like `srt`."},
}};

Error stdin_is_terminal() {
  return {.kind = ErrorKind::usage,
          .message = "- reads stdin, but stdin is a terminal",
          .hint = "pipe the input in, or name a file"};
}

transcription::ResultNames result_names(const TranscribeOptions& options) {
  return options.plain_names ? transcription::ResultNames::plain : transcription::ResultNames::with_digest;
}

// The inputs, and whatever can be wrong about them and the options: all of it before a key is looked for.
Result<std::vector<transcription::Input>> inputs_of(transcription::MediaKind kind, const TranscribeOptions& options,
                                                    transcription::TranscriptFormat format,
                                                    const session::Context& context) {
  if (options.null_separated && options.from_file.empty()) {
    return fail(ErrorKind::usage, "--null needs --from-file");
  }
  const bool reads_terminal = context.host.console.in_is_terminal() && !context.global.dry_run;
  if (options.from_file == "-" && reads_terminal) {
    return fail(stdin_is_terminal());
  }
  const std::string_view other_stdin = context.global.api_key_file == "-" ? "--api-key-file" : "";
  TRY_ASSIGN(const std::vector<std::string> texts,
             transcription::read_inputs(
                 options.inputs, {.path = options.from_file, .is_null_separated = options.null_separated}, other_stdin,
                 context.host.clock.steady_now() + context.global.timeout.value_or(time_for_one)));
  if (options.auth != options::Auth::grant) {
    TRY(options::refuse_mint_options(options.mint));
  }
  if (options.resume && options.output_dir.empty()) {
    return fail(ErrorKind::usage, "--resume needs --output-dir, where the results are");
  }
  if (options.plain_names && options.output_dir.empty()) {
    return fail(ErrorKind::usage, "--plain-names needs --output-dir");
  }
  const transcription::ResultNames names = result_names(options);
  TRY_ASSIGN(std::vector<transcription::Input> inputs, transcription::parse_inputs(kind, texts, names));
  if (is_captions(format) && inputs.size() > 1 && options.output_dir.empty() && !context.global.dry_run) {
    return fail(ErrorKind::usage, "captions for several inputs need --output-dir");
  }
  if (!options.output_dir.empty()) {
    TRY(host::check_directory(options.output_dir));
    TRY(transcription::check_result_names(inputs, format, names, options.output_dir));
    transcription::find_obstacles(inputs, format, options.output_dir);
    if (inputs.size() == 1 && !inputs.front().obstacle.empty()) {
      return fail(ErrorKind::output, inputs.front().obstacle);
    }
  }
  if (options.resume) {
    transcription::find_results(inputs, format, options.output_dir);
  }
  for (const transcription::Input& input : inputs) {
    if (input.kind == transcription::InputKind::standard_input && reads_terminal) {
      return fail(stdin_is_terminal());
    }
    if (!input.has_result) {
      TRY(transcription::check_readable(input));
    }
  }
  return inputs;
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

Result<ExitStatus> show_requests(const transcription::Plan& plan, const std::optional<options::Auth>& auth,
                                 session::Session& session) {
  const session::Context& context = session.context();
  TRY_ASSIGN(const std::string authorization, shown_authorization(session, auth));
  const bool is_text = context.output.dry_run == options::DryRunFormat::text;
  for (const transcription::Input& input : plan.inputs) {
    const std::string_view separator = is_text && &input != &plan.inputs.front() ? "\n" : "";
    TRY(context.host.console.write_out(separator));
    TRY(output::show_request(context, transcription::request_for(plan, input), authorization,
                             input.kind == transcription::InputKind::url ? std::string() : input.text));
  }
  return ExitStatus::ok;
}

// `jobs`, or as many as there are descriptors for.
int affordable_jobs(int jobs) {
  constexpr int for_each = 5;  // a connection, its input, its result, and two while a host name is looked up
  constexpr int for_all = 12;  // mints, certificates, and what libcurl keeps
  return std::clamp((host::free_descriptors(jobs * for_each + for_all) - for_all) / for_each, 1, jobs);
}

Result<ExitStatus> transcribe_all(transcription::Plan plan, const TranscribeOptions& options,
                                  session::Session& session) {
  const session::Context& context = session.context();
  TRY_ASSIGN(deepgram::Api * api, session.api());
  TRY_ASSIGN(const std::unique_ptr<session::RenewingCredential> credential,
             session::RenewingCredential::open(session, options.auth, options.mint));
  host::allow_many_files();  // not before: an api_key_command would inherit it
  if (const int jobs = affordable_jobs(plan.jobs); jobs < plan.jobs) {
    context.messages.trace(
        fmt::format("running {} jobs at a time: not enough file descriptors for {}", jobs, plan.jobs));
    plan.jobs = jobs;
  }
  TRY_ASSIGN(const std::unique_ptr<transcription::ResultWriter> writer,
             transcription::make_result_writer(plan, context.host.console));
  for (const transcription::Input& input : plan.inputs) {
    if (!input.reachability.empty() && !input.has_result && plan.base_url.is_deepgram()) {
      context.messages.warn(input.reachability);
    }
  }
  const bool shows_progress = !context.messages.is_quiet() && !context.messages.is_verbose();
  transcription::Progress progress(context.host.console, shows_progress, plan.inputs.size(),
                                   context.host.clock.steady_now);
  return transcription::Batch(plan, context, *api, *credential, *writer, progress).run();
}

Result<ExitStatus> run_transcribe(transcription::MediaKind kind, const TranscribeOptions& options,
                                  const session::Context& context) {
  const transcription::TranscriptFormat format = formats.at(context.output.format).value;
  TRY_ASSIGN(const http::Parameters query, transcription::query_of(options.query, format));
  TRY_ASSIGN(std::vector<transcription::Input> inputs, inputs_of(kind, options, format, context));
  TRY_ASSIGN(const std::unique_ptr<session::Session> session, session::Session::open(context, time_for_one));
  if (options.auth == options::Auth::grant) {
    TRY(session::ttl_to_ask_for(*session, options.mint));
  }
  for (const std::string& warning : deepgram::warnings_for(query)) {
    context.messages.warn(warning);
  }
  for (const auto& [name, value] : query) {
    for (const Secret& secret : name == "callback" ? transcription::secrets_in_url(value) : std::vector<Secret>()) {
      session->keep_out_of_messages(secret);
    }
  }
  transcription::Plan plan{.inputs = std::move(inputs),
                           .format = format,
                           .query = query,
                           .base_url = session->base_url(),
                           .limits = session->limits_of_each(time_for_one),
                           .jobs = options.jobs,
                           .output_dir = options.output_dir,
                           .resume = options.resume,
                           .names = result_names(options)};
  return context.global.dry_run ? show_requests(plan, options.auth, *session)
                                : transcribe_all(std::move(plan), options, *session);
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
