// SPDX-License-Identifier: MIT
#include "commands/check.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include <fmt/format.h>

#include "base/text.hpp"
#include "checking/plan.hpp"
#include "checking/report.hpp"
#include "deepgram/probe_run.hpp"
#include "host/files.hpp"
#include "options/enum_names.hpp"
#include "output/dry_run.hpp"
#include "session/credential_choice.hpp"

namespace dgauth::commands {
namespace {

constexpr std::array<options::EnumName<checking::ReportFormat>, 5> formats = {{
    {"text", checking::ReportFormat::text, "a table"},
    {"json", checking::ReportFormat::json, "everything as JSON"},
    {"junit", checking::ReportFormat::junit, "JUnit XML"},
    {"tap", checking::ReportFormat::tap, "Test Anything Protocol"},
    {"github", checking::ReportFormat::github, "a job summary and annotations"},
}};

// By the ending of a --report file.
constexpr std::array<options::EnumName<checking::ReportFormat>, 5> formats_by_ending = {{
    {".txt", checking::ReportFormat::text},
    {".json", checking::ReportFormat::json},
    {".xml", checking::ReportFormat::junit},
    {".tap", checking::ReportFormat::tap},
    {".md", checking::ReportFormat::github},
}};

std::vector<std::string_view> probe_names() {
  std::vector<std::string_view> names;
  for (const deepgram::Probe& probe : deepgram::all_probes()) {
    names.push_back(probe.name);
  }
  return names;
}

std::span<const options::Word> probe_words() {
  static const std::vector<options::Word> words = [] {
    std::vector<options::Word> made;
    for (const deepgram::Probe& probe : deepgram::all_probes()) {
      made.push_back({.name = probe.name, .meaning = probe.right});
    }
    return made;
  }();
  return words;
}

// The names in `text`, between commas.
Result<std::vector<std::string>> parse_probe_names(std::string_view text) {
  const std::vector<std::string_view> known = probe_names();
  std::vector<std::string> names;
  while (true) {
    const std::size_t comma = text.find(',');
    const std::string_view name = text.substr(0, comma);
    if (std::ranges::find(known, name) == known.end()) {
      const auto meant = nearest(name, known);
      return fail(ErrorKind::usage, "has a name that is no probe",
                  meant ? fmt::format("did you mean {}?", *meant) : fmt::format("there are {}", join_with_and(known)));
    }
    names.emplace_back(name);
    if (comma == std::string_view::npos) {
      return names;
    }
    text.remove_prefix(comma + 1);
  }
}

checking::ReportFormat format_of_file(const std::string& path, checking::ReportFormat otherwise) {
  for (const auto& each : formats_by_ending) {
    if (path.ends_with(each.name)) {
      return each.value;
    }
  }
  return otherwise;
}

Result<void> print_report(const checking::CheckReport& report, checking::ReportFormat format,
                          const session::Context& context) {
  const host::Host& host = context.host;
  if (format != checking::ReportFormat::github) {
    const bool has_color =
        host.console.out_is_terminal() && !context.global.no_color && host.environment.get("NO_COLOR").empty();
    return host.console.write_out(text_of(report, format, has_color));
  }
  const std::string summary_file(host.environment.get("GITHUB_STEP_SUMMARY"));
  const std::string markdown = text_of(report, format, false);
  const std::string annotations = checking::github_annotations(report);
  if (summary_file.empty()) {
    return host.console.write_out(markdown + annotations);
  }
  if (auto appended = host::append_to_file(summary_file, Secret(markdown)); !appended) {
    Result<void> printed = host.console.write_out(markdown + annotations);
    return printed ? appended : printed;
  }
  return host.console.write_out(annotations);
}

// Prints first: whatever becomes of the file, the report goes to stdout.
Result<void> publish(const checking::CheckReport& report, const checking::CheckOptions& options,
                     const session::Context& context) {
  const checking::ReportFormat format = formats.at(context.output.format).value;
  Result<void> printed = print_report(report, format, context);
  if (options.report.empty()) {
    return printed;
  }
  const std::string text = text_of(report, format_of_file(options.report, format), false);
  Result<void> written = host::write_private_file(options.report, Secret(text));
  return printed ? written : printed;
}

Result<ExitStatus> show_dry_run(const checking::CheckOptions& options, const checking::CheckPlan& plan,
                                session::Session& session) {
  const session::Context& context = session.context();
  const bool is_key = options.auth == options::Auth::key;
  std::string shown = "<redacted>";
  if (is_key) {
    TRY_ASSIGN(shown, session.placeholder_for_key());
  } else if (options.auth == options::Auth::grant) {
    TRY(output::show_mint(session, {}));
  }
  std::vector<http::Request> requests;
  for (const deepgram::Probe& probe : deepgram::all_probes()) {
    if (std::ranges::find(plan.probes, probe.name) != plan.probes.end()) {
      requests.push_back(deepgram::probe_request(probe, session.base_url()));
    }
  }
  requests.push_back(deepgram::identity_request(session.base_url()));
  const bool is_text = context.output.dry_run == options::DryRunFormat::text;
  bool is_first = options.auth != options::Auth::grant;
  for (const http::Request& request : requests) {
    if (is_text && !std::exchange(is_first, false)) {
      TRY(context.host.console.write_out("\n"));
    }
    TRY(output::show_request(context, request, (is_key ? "Token " : "Bearer ") + shown));
  }
  return ExitStatus::ok;
}

checking::CheckReport report_without(const session::Session& session, const checking::CheckPlan& plan,
                                     const Error& error) {
  checking::CheckReport report{.credential_kind = "access_token",
                               .base_url = session.base_url().text(),
                               .findings = deepgram::nothing_probed("there is no token to probe with"),
                               .expectations = plan.expectations,
                               .status = exit_status_of(error.kind)};
  report.unmet = unmet(plan.expectations, report.findings.results, false);
  return report;
}

// Whether minting was tried: then a report tells, besides the error, that nothing could be probed.
bool is_failed_mint(const Error& error, options::Auth auth) {
  return auth == options::Auth::grant && error.kind != ErrorKind::usage && error.kind != ErrorKind::config &&
         error.kind != ErrorKind::no_credential;
}

}  // namespace

constexpr std::array<options::Word, 5> check_formats = options::words_of(formats);

options::Declaration declare_check(checking::CheckOptions& options) {
  const options::ValueHint probes{.kind = options::ValueKind::word_list, .words = probe_words()};
  options::Declaration declaration;
  std::vector<options::Option>& declared = declaration.options;
  declared.push_back({.names = "--auth",
                      .value_name = "KIND",
                      .description = "Credential: key (default), grant or token",
                      .hint = {.kind = options::ValueKind::word, .words = options::auth_words()},
                      .set = options::parsed_into(options.auth, options::parse_auth)});
  declared.push_back({.names = "--probe",
                      .value_name = "NAMES",
                      .description = "Probe only these (all)",
                      .hint = probes,
                      .is_repeatable = true,
                      .set = options::appended_to(options.probes, parse_probe_names)});
  declared.push_back({.names = "--expect",
                      .value_name = "NAMES",
                      .description = "These must pass",
                      .hint = probes,
                      .is_repeatable = true,
                      .set = options::appended_to(options.expect, parse_probe_names)});
  declared.push_back({.names = "--expect-not",
                      .value_name = "NAMES",
                      .description = "These must fail",
                      .hint = probes,
                      .is_repeatable = true,
                      .set = options::appended_to(options.expect_not, parse_probe_names)});
  declared.push_back({.names = "--allow-unknown",
                      .description = "What is undecided counts as met",
                      .set = options::flag_into(options.allow_unknown)});
  declared.push_back({.names = "--no-mint",
                      .description = "Leave out the probe that mints",
                      .set = options::flag_into(options.no_mint)});
  declared.push_back({.names = "--report",
                      .value_name = "FILE",
                      .description = "Another copy here, in the format of its ending",
                      .hint = {.kind = options::ValueKind::file},
                      .set = options::text_into(options.report)});
  return declaration;
}

Result<ExitStatus> run_check(const checking::CheckOptions& options, const session::Context& context) {
  TRY_ASSIGN(const checking::CheckPlan plan, checking::plan_check(options));
  TRY_ASSIGN(const std::unique_ptr<session::Session> session, session::Session::open(context));
  if (context.global.dry_run) {
    return show_dry_run(options, plan, *session);
  }
  const auto begin = std::chrono::steady_clock::now();
  const Result<session::ChosenCredential> chosen =
      session::choose_credential(*session, options.auth, {.no_cache = true});
  if (!chosen) {
    if (is_failed_mint(chosen.error(), options.auth)) {
      TRY(publish(report_without(*session, plan, chosen.error()), options, context));
    }
    return fail(chosen.error());
  }
  TRY_ASSIGN(deepgram::Api * api, session->api());
  http::RequestLimits limits = session->limits();  // for the mint and the probes together
  const auto spent = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begin);
  limits.total = std::max(limits.total - spent, std::chrono::milliseconds(1));
  const bool is_key = chosen->credential.kind == deepgram::CredentialKind::api_key;
  checking::CheckReport report{.credential_kind = is_key ? "api_key" : "access_token",
                               .source = chosen->source,
                               .fingerprint = credentials::fingerprint(chosen->credential.secret),
                               .base_url = session->base_url().text(),
                               .findings = deepgram::run_probes(*api, chosen->credential, limits, plan.probes),
                               .expectations = plan.expectations,
                               .unmet = {},
                               .status = ExitStatus::ok};
  report.unmet = unmet(report.expectations, report.findings.results, options.allow_unknown);
  report.status = status_of(report.findings.results, report.unmet);
  TRY(publish(report, options, context));
  return report.status;
}

}  // namespace dgauth::commands
