// SPDX-License-Identifier: MIT
#include "commands/grant.hpp"

#include <array>
#include <memory>

#include "host/files.hpp"
#include "options/enum_names.hpp"
#include "options/option_binding.hpp"
#include "options/variable_name.hpp"
#include "output/dry_run.hpp"
#include "output/secret_output.hpp"
#include "output/token_formats.hpp"

namespace dgauth::commands {
namespace {

constexpr std::string_view default_variable = "DEEPGRAM_ACCESS_TOKEN";

constexpr std::array<options::EnumName<output::GrantFormat>, 8> formats = {{
    {"token", output::GrantFormat::token},
    {"json", output::GrantFormat::json},
    {"header", output::GrantFormat::header},
    {"export", output::GrantFormat::export_line},
    {"fish", output::GrantFormat::fish},
    {"dotenv", output::GrantFormat::dotenv},
    {"curl", output::GrantFormat::curl},
    {"github", output::GrantFormat::github},
}};
constexpr auto format_names = options::names_of(formats);

bool names_a_variable(output::GrantFormat format) {
  return format == output::GrantFormat::export_line || format == output::GrantFormat::fish ||
         format == output::GrantFormat::dotenv || format == output::GrantFormat::github;
}

Result<void> check_usage(const GrantOptions& options, output::GrantFormat format,
                         const host::Environment& environment) {
  if (!options.variable.empty() && !names_a_variable(format)) {
    return fail(ErrorKind::usage, "--var has no meaning in this format", "add -o export, fish, dotenv or github");
  }
  if (format != output::GrantFormat::github) {
    return {};
  }
  if (!options.out.empty()) {
    return fail(ErrorKind::usage, "-o github writes to the runner's files, not to --out");
  }
  if (environment.get("GITHUB_ENV").empty() && environment.get("GITHUB_OUTPUT").empty()) {
    return fail(ErrorKind::usage, "-o github needs GITHUB_ENV or GITHUB_OUTPUT, and neither is set",
                "it is for a step of GitHub Actions");
  }
  return {};
}

// The token as an environment variable for later steps, and as the output `token` of this one.
Result<void> hand_to_github(const session::Context& context, const Secret& environment_line, const Secret& token) {
  output::mask_in_logs(context, token);
  const host::Environment& environment = context.host.environment;
  if (const std::string_view file = environment.get("GITHUB_ENV"); !file.empty()) {
    TRY(host::append_to_file(std::string(file), environment_line));
  }
  if (const std::string_view file = environment.get("GITHUB_OUTPUT"); !file.empty()) {
    return host::append_to_file(std::string(file), Secret({"token=", token, "\n"}));
  }
  return {};
}

}  // namespace

void declare_grant(CLI::App& app, GrantOptions& options) {
  session::declare_mint_options(app, options.mint);
  options::bind_value(app, "--var", options.variable, options::parse_variable_name, "NAME",
                      "Variable for export, fish, dotenv, github");
  options::bind_text(app, "--out", options.out, "FILE", "Write to this file (mode 0600), not stdout");
}

Result<ExitStatus> run_grant(const GrantOptions& options, const session::Context& context) {
  const output::GrantFormat format =
      options::find_named(formats, context.global.output).value_or(output::GrantFormat::token);
  TRY(check_usage(options, format, context.host.environment));
  TRY_ASSIGN(const std::unique_ptr<session::Session> session, session::Session::open(context));
  if (context.global.dry_run) {
    return output::show_mint(*session, options.mint);
  }
  TRY_ASSIGN(session::TokenSource tokens, session::TokenSource::open(*session, options.mint));
  TRY_ASSIGN(const deepgram::AccessToken token, tokens.obtain());
  const std::string_view variable = options.variable.empty() ? default_variable : std::string_view(options.variable);
  TRY_ASSIGN(const Secret text, output::format_token(token, format, variable, session->base_url(), context.host.clock.now()));
  TRY(format == output::GrantFormat::github ? hand_to_github(context, text, token.value)
                                            : output::print_secret(context, text, token.value, options.out));
  return ExitStatus::ok;
}

Command grant_command() {
  return {.name = "grant",
          .summary = "Mint a temporary token",
          .formats = format_names,
          .declare = [](CLI::App& app) -> Action {
            auto options = std::make_shared<GrantOptions>();
            declare_grant(app, *options);
            return [options](const session::Context& context) { return run_grant(*options, context); };
          }};
}

}  // namespace dgauth::commands
