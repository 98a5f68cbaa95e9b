// SPDX-License-Identifier: MIT
#include "commands/grant.hpp"

#include "host/files.hpp"
#include "options/enum_names.hpp"
#include "options/variable_name.hpp"
#include "output/dry_run.hpp"
#include "output/out_file.hpp"
#include "output/secret_output.hpp"
#include "output/token_formats.hpp"

namespace dgauth::commands {
namespace {

constexpr std::string_view default_variable = "DEEPGRAM_ACCESS_TOKEN";

constexpr std::array<options::EnumName<output::GrantFormat>, 8> formats = {{
    {"token", output::GrantFormat::token, "the token alone, on a line",
     "The token alone and a newline; the same bytes on a terminal and in a pipe."},
    {"json", output::GrantFormat::json, "the token and when it expires, as JSON",
     "One line, an object: `access_token`, `token_type` (Bearer), `expires_in` (seconds, or null), `expires_at` (RFC "
     "3339, UTC, or null), `expires_at_unix`, `requested_ttl` (seconds, or null), `base_url`, `request_id` (or null), "
     "`key_source`, `cached`."},
    {"header", output::GrantFormat::header, "an Authorization header", "`Authorization: Bearer TOKEN`"},
    {"export", output::GrantFormat::export_line, "a line that sets a variable in sh, bash or zsh",
     "`export NAME='TOKEN'`, for sh, bash, dash and zsh."},
    {"fish", output::GrantFormat::fish, "a line that sets a variable in fish", "`set -gx NAME 'TOKEN'`"},
    {"dotenv", output::GrantFormat::dotenv, "a line for a .env file", "`NAME=TOKEN`"},
    {"curl", output::GrantFormat::curl, "a header for curl -K -",
     "`header = \"Authorization: Bearer TOKEN\"`, a line of a curl configuration, for `curl -K -`."},
    {"github", output::GrantFormat::github, "a variable and an output for the steps of GitHub Actions",
     "Prints nothing: sets the variable for later steps of a GitHub Actions job, the output `token` of this step, and "
     "masks the token in the log."},
}};

bool names_a_variable(output::GrantFormat format) {
  return format == output::GrantFormat::export_line || format == output::GrantFormat::fish ||
         format == output::GrantFormat::dotenv || format == output::GrantFormat::github;
}

Result<void> check_usage(const GrantOptions& options, output::GrantFormat format,
                         const host::Environment& environment) {
  if (!options.variable.empty() && !names_a_variable(format)) {
    return fail(ErrorKind::usage, "--var has no effect with this output format",
                "add -o export, fish, dotenv or github");
  }
  if (options.force && options.out.empty()) {
    return fail(ErrorKind::usage, "--force needs --out");
  }
  if (format != output::GrantFormat::github) {
    return {};
  }
  if (!options.out.empty()) {
    return fail(ErrorKind::usage, "-o github cannot be used with --out");
  }
  if (environment.get("GITHUB_ENV").empty() && environment.get("GITHUB_OUTPUT").empty()) {
    return fail(ErrorKind::usage, "-o github needs GITHUB_ENV or GITHUB_OUTPUT, but neither is set",
                "use it in a step of a GitHub Actions job");
  }
  return {};
}

// The file that is written. A dotenv file is edited where it is; any other is replaced under its own name.
std::string_view variable_of(const GrantOptions& options) {
  return options.variable.empty() ? default_variable : std::string_view(options.variable);
}

std::string out_path(const GrantOptions& options, output::GrantFormat format) {
  return format == output::GrantFormat::dotenv ? output::target_of_links(options.out) : options.out;
}

Result<void> check_out(const std::string& out, const GrantOptions& options, output::GrantFormat format) {
  if (format == output::GrantFormat::dotenv) {
    return output::check_dotenv(out, variable_of(options));
  }
  return options.force ? Result<void>() : output::check_replaceable(out);
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

constexpr std::array<options::Word, 8> grant_formats = options::words_of(formats);

options::Declaration declare_grant(GrantOptions& options) {
  options::Declaration declaration;
  options::declare_mint_options(declaration, options.mint);
  declaration.options.push_back(
      {.names = "--var",
       .value_name = "NAME",
       .description = "Variable name for -o export, fish, dotenv, github",
       .details = "Variable name for the formats `export`, `fish`, `dotenv` and `github`; default "
                  "`DEEPGRAM_ACCESS_TOKEN`. Letters, digits and underscores; must not start with a digit. "
                  "Names that change how programs run are refused: `PATH`, `HOME`, `IFS`, `ENV`, "
                  "`BASH_ENV`, `PROMPT_COMMAND`, `NODE_OPTIONS`, and all that begin with `LD_`, `DYLD_`, "
                  "`GITHUB_` or `RUNNER_`.",
       .set = options::parsed_into(options.variable, options::parse_variable_name)});
  declaration.options.push_back(
      {.names = "--out",
       .value_name = "FILE",
       .description = "Write to FILE (mode 0600) instead of stdout",
       .details = "Write to FILE instead of standard output, atomically; only its owner can read it (mode 0600). With "
                  "`-o dotenv` the line of this variable is set in an existing file, and all other lines stay. A "
                  "symbolic link is followed with `-o dotenv`, otherwise replaced. An existing file that contains "
                  "anything but the output of dgauth is not replaced: see `--force`. A target that is not a regular "
                  "file, such as a named pipe, is opened and written in place; `-` is "
                  "standard output. Cannot be used with `-o github`.",
       .hint = {.kind = options::ValueKind::file},
       .set = options::text_into(options.out)});
  declaration.options.push_back(
      {.names = "--force",
       .description = "Let --out replace a file that dgauth did not write",
       .details = "Replace the file of `--out` even if it contains something else than what dgauth writes.",
       .set = options::flag_into(options.force)});
  return declaration;
}

Result<ExitStatus> run_grant(const GrantOptions& options, const session::Context& context) {
  const output::GrantFormat format = formats.at(context.output.format).value;
  const std::string_view variable = variable_of(options);
  TRY(check_usage(options, format, context.host.environment));
  const std::string out = out_path(options, format);
  TRY(check_out(out, options, format));
  TRY_ASSIGN(const std::unique_ptr<session::Session> session, session::Session::open(context));
  if (context.global.dry_run) {
    return output::show_mint(*session, options.mint);
  }
  TRY_ASSIGN(session::TokenSource tokens, session::TokenSource::open(*session, options.mint));
  TRY_ASSIGN(const deepgram::AccessToken token, tokens.obtain());
  TRY_ASSIGN(Secret text, output::format_token(token, format, variable, session->base_url(), context.host.clock.now()));
  if (format == output::GrantFormat::dotenv && !out.empty()) {
    TRY_ASSIGN(text, output::dotenv_text(out, variable, token.value, context.messages));
  }
  TRY(format == output::GrantFormat::github ? hand_to_github(context, text, token.value)
                                            : output::print_secret(context, text, token.value, out));
  return ExitStatus::ok;
}

}  // namespace dgauth::commands
