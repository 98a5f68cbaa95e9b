// SPDX-License-Identifier: MIT
#include "commands/check.hpp"

#include <array>
#include <memory>
#include <utility>

#include "checking/plan.hpp"
#include "checking/report.hpp"
#include "checking/report_formats.hpp"
#include "deepgram/probe_run.hpp"
#include "host/files.hpp"
#include "options/enum_names.hpp"
#include "output/dry_run.hpp"
#include "output/error_text.hpp"
#include "session/credential_choice.hpp"

namespace dgauth::commands {
namespace {

using checking::CheckReport;
using checking::ReportFormat;
using deepgram::CredentialKind;
using options::Auth;

constexpr std::array<options::EnumName<ReportFormat>, 5> formats = {{
    {"text", ReportFormat::text, "a table for people", "A table for people; in colour on a terminal."},
    {"json", ReportFormat::json, "the whole report as one line of JSON",
     "One line, an object: `credential`, `base_url`, `probes`, `identity` (or null), `expectations` and "
     "`exit_status`."},
    {"junit", ReportFormat::junit, "JUnit XML, for GitLab, Jenkins and others",
     "JUnit XML, for GitLab, Jenkins and others: a failure for an expectation that is contradicted, an error for one "
     "that is undecided."},
    {"tap", ReportFormat::tap, "Test Anything Protocol", "Test Anything Protocol, version 13."},
    {"github", ReportFormat::github, "a job summary and annotations for GitHub Actions",
     "For GitHub Actions: a table in the job summary (on standard output if `GITHUB_STEP_SUMMARY` is not set), and an "
     "annotation for each expectation that is not met."},
}};

std::span<const options::Word> probe_words() {
  static const std::vector<options::Word> words = [] {
    std::vector<options::Word> made;
    for (const deepgram::Probe& probe : deepgram::all_probes()) {
      made.push_back({.name = probe.name, .meaning = probe.right, .details = probe.details});
    }
    return made;
  }();
  return words;
}

Result<checking::CheckPlan> plan_of(const CheckOptions& options) {
  if (options.no_mint && options.auth == Auth::grant) {
    return fail(ErrorKind::usage, "--no-mint cannot be used with --auth grant, which mints a token");
  }
  if (options.report == "-") {
    return fail(ErrorKind::usage, "--report needs a file: the report goes to stdout anyway");
  }
  return checking::plan_check(
      {.credential = options.auth == Auth::key ? CredentialKind::api_key : CredentialKind::access_token,
       .probes = deepgram::ProbeSet(options.probes),
       .expect = deepgram::ProbeSet(options.expect),
       .expect_not = deepgram::ProbeSet(options.expect_not),
       .no_mint = options.no_mint});
}

// The table goes to the job's summary if there is one, and to the log, which stdout is, what else there is to say.
Result<void> print_for_github(const CheckReport& report, const host::Host& host) {
  const std::string markdown = checking::format_markdown(report);
  const std::string log = checking::format_log(report);
  const std::string summary_file(host.environment.get("GITHUB_STEP_SUMMARY"));
  if (summary_file.empty()) {
    return host.console.write_out(markdown + log);
  }
  Result<void> appended = host::append_to_file(summary_file, Secret(markdown));
  TRY(host.console.write_out(appended ? log : markdown + log));
  return appended;
}

Result<void> print_report(const CheckReport& report, ReportFormat format, const session::Context& context) {
  const host::Host& host = context.host;
  if (format == ReportFormat::github) {
    return print_for_github(report, host);
  }
  const host::Environment& environment = host.environment;
  const std::string_view terminal = environment.get("TERM");
  const bool has_color = host.console.out_is_terminal() && !context.global.no_color &&
                         environment.get("NO_COLOR").empty() && !terminal.empty() && terminal != "dumb";
  const checking::TextStyle style{.has_color = has_color, .columns = host.console.out_columns()};
  return host.console.write_out(checking::format_report(report, format, style));
}

// The text has its advice in itself, and whoever reads JSON goes by the statuses; the readers of the other formats find
// it on stderr.
void advise(const CheckReport& report, ReportFormat format, host::Console& console) {
  if (format == ReportFormat::text || format == ReportFormat::json) {
    return;
  }
  for (const std::string& advice : checking::advice_on(report)) {
    console.write_err(output::hint_text(advice));
  }
}

// Prints first, and writes the file all the same when that fails.
Result<void> publish(const CheckReport& report, const CheckOptions& options, const session::Context& context) {
  const ReportFormat format = formats.at(context.output.format).value;
  Result<void> printed = print_report(report, format, context);
  advise(report, format, context.host.console);
  if (options.report.empty()) {
    return printed;
  }
  const ReportFormat file_format = checking::format_of_file(options.report).value_or(format);
  Result<void> written = host::write_file(options.report, checking::format_report(report, file_format));
  return printed ? written : printed;
}

Result<ExitStatus> show_dry_run(const CheckOptions& options, const checking::CheckPlan& plan,
                                session::Session& session) {
  const session::Context& context = session.context();
  std::string authorization = "Bearer <redacted>";
  if (options.auth == Auth::key) {
    TRY_ASSIGN(authorization, session.placeholder_for_key());
    authorization.insert(0, "Token ");
  } else if (options.auth == Auth::grant) {
    TRY(output::show_mint(session, {}));
  }
  const bool is_text = context.output.dry_run == options::DryRunFormat::text;
  bool is_first = options.auth != Auth::grant;
  for (const http::Request& request : checking::requests_of(plan, session.base_url())) {
    if (is_text && !std::exchange(is_first, false)) {
      TRY(context.host.console.write_out("\n"));
    }
    TRY(output::show_request(context, request, authorization));
  }
  return ExitStatus::ok;
}

}  // namespace

constexpr std::array<options::Word, 5> check_formats = options::words_of(formats);

options::Declaration declare_check(CheckOptions& options) {
  options::Declaration declaration;
  std::vector<options::Option>& declared = declaration.options;
  declared.push_back({.names = "--auth",
                      .value_name = "KIND",
                      .description = "Credential to test: key (default), grant or token",
                      .details =
                          "Credential to test: the API key (`key`, the default), a token that is minted for this check "
                          "(`grant`), or the token in `DEEPGRAM_ACCESS_TOKEN` (`token`).",
                      .hint = {.kind = options::ValueKind::word, .words = options::auth_words()},
                      .set = options::parsed_into(options.auth, options::parse_auth)});
  const auto add_probes = [&declared](std::string_view name, std::vector<deepgram::ProbeId>& target,
                                      std::string_view description, std::string_view details) {
    declared.push_back({.names = name,
                        .value_name = "NAMES",
                        .description = description,
                        .details = details,
                        .hint = {.kind = options::ValueKind::word_list, .words = probe_words()},
                        .is_repeatable = true,
                        .set = options::appended_to(target, deepgram::parse_probes)});
  };
  add_probes("--probe", options.probes, "Run only these probes (default: all)",
             "Run only these probes, a comma-separated list (default: all). May be repeated, as may `--expect` and "
             "`--expect-not`.");
  add_probes(
      "--expect", options.expect, "These probes must pass",
      "These probes must pass. Without `--expect` and `--expect-not`, the probes named by `--probe` must pass; "
      "without that `grant` and `listen`, or for a token only `listen`. Probes without an expectation are shown but "
      "do not affect the exit status.");
  add_probes("--expect-not", options.expect_not, "These probes must fail",
             "These probes must fail: the check is met only if the server refuses them.");
  declared.push_back({.names = "--allow-unknown",
                      .description = "Treat inconclusive results as met",
                      .details = "Treat an expectation as met if the result of its probe is `unknown` or `skipped`.",
                      .set = options::flag_into(options.allow_unknown)});
  declared.push_back(
      {.names = "--no-mint",
       .description = "Skip the grant probe, which mints a 1 s token",
       .details = "Skip the `grant` probe, which mints a token valid for one second. Cannot be used with `--auth "
                  "grant`.",
       .set = options::flag_into(options.no_mint)});
  declared.push_back(
      {.names = "--report",
       .value_name = "FILE",
       .description = "Also write the report to FILE (.xml, .json, ...)",
       .details = "Also write the report to FILE, atomically. The extension decides the format: `.xml` (JUnit), "
                  "`.json`, `.tap`, `.md` or `.txt`; without an extension, the format of `-o`. The report contains no "
                  "secret, so the file has the mode that the umask leaves.",
       .hint = {.kind = options::ValueKind::file},
       .set = options::parsed_into(options.report, checking::parse_report_file)});
  return declaration;
}

Result<ExitStatus> run_check(const CheckOptions& options, const session::Context& context) {
  TRY_ASSIGN(const checking::CheckPlan plan, plan_of(options));
  TRY_ASSIGN(const std::unique_ptr<session::Session> session, session::Session::open(context));
  if (context.global.dry_run) {
    return show_dry_run(options, plan, *session);
  }
  const host::Clock& clock = context.host.clock;
  const Result<session::ChosenCredential> chosen =
      session::choose_credential(*session, options.auth, {.no_cache = true});
  if (!chosen) {
    if (options.auth == Auth::grant && checking::is_failed_mint(chosen.error())) {
      TRY(publish(checking::report_without_token(plan, session->base_url(), chosen.error()), options, context));
    }
    return fail(chosen.error());
  }
  TRY_ASSIGN(deepgram::Api * api, session->api());
  // For the mint and the probes together. There is a report even if nothing is left.
  const http::RequestLimits limits =
      session->limits_left().value_or(http::RequestLimits{.total = std::chrono::milliseconds(1), .retries = 0});
  const CheckReport report = checking::report_of(
      {.kind = chosen->credential.kind,
       .source = chosen->source,
       .fingerprint = credentials::fingerprint(chosen->credential.secret),
       .is_new_token = options.auth == Auth::grant},
      plan, session->base_url(), deepgram::run_probes(*api, chosen->credential, limits, plan.probes, clock),
      options.allow_unknown);
  TRY(publish(report, options, context));
  return report.status;
}

}  // namespace dgauth::commands
