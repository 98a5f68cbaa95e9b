// SPDX-License-Identifier: MIT
#include "commands/grant.hpp"

#include <array>
#include <memory>

#include "commands/dry_run.hpp"
#include "commands/named.hpp"
#include "commands/option_binding.hpp"
#include "commands/secret_output.hpp"
#include "commands/token_text.hpp"
#include "commands/variable_name.hpp"
#include "host/files.hpp"

namespace dgauth::commands {
namespace {

constexpr std::string_view default_variable = "DEEPGRAM_ACCESS_TOKEN";

constexpr std::array<Named<GrantFormat>, 8> formats = {{
    {"token", GrantFormat::token},
    {"json", GrantFormat::json},
    {"header", GrantFormat::header},
    {"export", GrantFormat::export_line},
    {"fish", GrantFormat::fish},
    {"dotenv", GrantFormat::dotenv},
    {"curl", GrantFormat::curl},
    {"github", GrantFormat::github},
}};
constexpr auto format_names = names_of(formats);

bool names_a_variable(GrantFormat format) {
  return format == GrantFormat::export_line || format == GrantFormat::fish || format == GrantFormat::dotenv ||
         format == GrantFormat::github;
}

Result<void> check_usage(const GrantOptions& options, GrantFormat format, const host::Environment& environment) {
  if (!options.variable.empty() && !names_a_variable(format)) {
    return fail(ErrorKind::usage, "--var has no meaning in this format", "add -o export, fish, dotenv or github");
  }
  if (format != GrantFormat::github) {
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
Result<void> hand_to_github(const Context& context, const Secret& environment_line, const Secret& token) {
  mask_in_logs(context, token);
  const host::Environment& environment = context.host.environment;
  if (const std::string_view file = environment.get("GITHUB_ENV"); !file.empty()) {
    if (auto written = host::append_to_file(std::string(file), environment_line); !written) {
      return written;
    }
  }
  if (const std::string_view file = environment.get("GITHUB_OUTPUT"); !file.empty()) {
    return host::append_to_file(std::string(file), Secret({"token=", token, "\n"}));
  }
  return {};
}

}  // namespace

void declare_grant(CLI::App& app, GrantOptions& options) {
  declare_mint_options(app, options.mint);
  bind_value(app, "--var", options.variable, parse_variable_name, "NAME", "Variable for export, fish, dotenv, github");
  bind_text(app, "--out", options.out, "FILE", "Write to this file (mode 0600), not stdout");
}

Result<ExitStatus> run_grant(const GrantOptions& options, const Context& context) {
  const GrantFormat format = find_named(formats, context.global.output).value_or(GrantFormat::token);
  const Result<Connection> connection = Connection::open(context);
  if (!connection) {
    return fail(connection.error());
  }
  if (const Result<void> usable = check_usage(options, format, context.host.environment); !usable) {
    return fail(usable.error());
  }
  if (context.global.dry_run) {
    return show_mint(context, *connection, options.mint);
  }
  const Result<Minted> minted = mint(context, *connection, options.mint);
  if (!minted) {
    return fail(minted.error());
  }
  const std::string_view variable = options.variable.empty() ? default_variable : std::string_view(options.variable);
  const Result<Secret> text = text_of(*minted, format, variable, connection->base_url(), context.host.now());
  if (!text) {
    return fail(text.error());
  }
  const Result<void> written = format == GrantFormat::github
                                   ? hand_to_github(context, *text, minted->token.value)
                                   : print_secret(context, *text, minted->token.value, options.out);
  return written.map([] { return ExitStatus::ok; });
}

Command grant_command() {
  return {.name = "grant",
          .summary = "Mint a temporary token",
          .formats = format_names,
          .declare = [](CLI::App& app) -> Action {
            auto options = std::make_shared<GrantOptions>();
            declare_grant(app, *options);
            return [options](const Context& context) { return run_grant(*options, context); };
          }};
}

}  // namespace dgauth::commands
