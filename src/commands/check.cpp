// SPDX-License-Identifier: MIT
#include "commands/check.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <memory>
#include <utility>

#include <fmt/format.h>

#include "base/text.hpp"
#include "checking/plan.hpp"
#include "checking/report.hpp"
#include "deepgram/probe_run.hpp"
#include "host/files.hpp"
#include "options/enum_names.hpp"
#include "options/option_binding.hpp"
#include "output/dry_run.hpp"

namespace dgauth::commands {
namespace {

constexpr std::array<options::EnumName<checking::ReportFormat>, 5> formats = {{
    {"text", checking::ReportFormat::text},
    {"json", checking::ReportFormat::json},
    {"junit", checking::ReportFormat::junit},
    {"tap", checking::ReportFormat::tap},
    {"github", checking::ReportFormat::github},
}};
constexpr auto format_names = options::names_of(formats);

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
  for (const auto& [ending, format] : formats_by_ending) {
    if (path.ends_with(ending)) {
      return format;
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
  const checking::ReportFormat format =
      options::find_named(formats, context.global.output).value_or(checking::ReportFormat::text);
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
  const bool is_key = options.auth == session::Auth::key;
  std::string shown = "<redacted>";
  if (is_key) {
    TRY_ASSIGN(shown, session.placeholder_for_key());
  } else if (options.auth == session::Auth::grant) {
    TRY(output::show_mint(session, {}));
  }
  std::vector<http::Request> requests;
  for (const deepgram::Probe& probe : deepgram::all_probes()) {
    if (std::ranges::find(plan.probes, probe.name) != plan.probes.end()) {
      requests.push_back(deepgram::probe_request(probe, session.base_url()));
    }
  }
  requests.push_back(deepgram::identity_request(session.base_url()));
  const bool is_text = context.global.output != "json" && context.global.output != "curl";
  bool is_first = options.auth != session::Auth::grant;
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
bool is_failed_mint(const Error& error, session::Auth auth) {
  return auth == session::Auth::grant && error.kind != ErrorKind::usage && error.kind != ErrorKind::config &&
         error.kind != ErrorKind::no_credential;
}

}  // namespace

void declare_check(CLI::App& app, checking::CheckOptions& options) {
  options::bind_value(app, "--auth", options.auth, session::parse_auth, "KIND",
                      "Credential: key (default), grant or token");
  options::bind_list(app, "--probe", options.probes, parse_probe_names, "NAMES", "Probe only these (all)");
  options::bind_list(app, "--expect", options.expect, parse_probe_names, "NAMES", "These must pass");
  options::bind_list(app, "--expect-not", options.expect_not, parse_probe_names, "NAMES", "These must fail");
  options::bind_flag(app, "--allow-unknown", options.allow_unknown, "What is undecided counts as met");
  options::bind_flag(app, "--no-mint", options.no_mint, "Leave out the probe that mints");
  options::bind_text(app, "--report", options.report, "FILE", "Another copy here, in the format of its ending");
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

Command check_command() {
  return {.name = "check",
          .summary = "Find out what a credential may do",
          .formats = format_names,
          .declare = [](CLI::App& app) -> Action {
            auto options = std::make_shared<checking::CheckOptions>();
            declare_check(app, *options);
            return [options](const session::Context& context) { return run_check(*options, context); };
          }};
}

}  // namespace dgauth::commands
