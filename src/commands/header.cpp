// SPDX-License-Identifier: MIT
#include "commands/header.hpp"

#include <array>
#include <memory>

#include "json/writer.hpp"
#include "options/enum_names.hpp"
#include "options/option_binding.hpp"
#include "output/dry_run.hpp"
#include "output/secret_output.hpp"
#include "output/token_formats.hpp"

namespace dgauth::commands {
namespace {

using deepgram::Credential;

enum class HeaderFormat { header, value, curl, ws, ws_value, json };

constexpr std::array<options::EnumName<HeaderFormat>, 6> formats = {{
    {"header", HeaderFormat::header},
    {"value", HeaderFormat::value},
    {"curl", HeaderFormat::curl},
    {"ws", HeaderFormat::ws},
    {"ws-value", HeaderFormat::ws_value},
    {"json", HeaderFormat::json},
}};
constexpr auto format_names = options::names_of(formats);

Secret format_credential(const Credential& credential, HeaderFormat format) {
  const Secret authorization = deepgram::authorization_value(credential);
  const Secret subprotocol = deepgram::subprotocol_value(credential);
  switch (format) {
    case HeaderFormat::header: return Secret({"Authorization: ", authorization, "\n"});
    case HeaderFormat::value: return Secret({authorization, "\n"});
    case HeaderFormat::curl: return output::curl_line(credential);
    case HeaderFormat::ws: return Secret({"Sec-WebSocket-Protocol: ", subprotocol, "\n"});
    case HeaderFormat::ws_value: return Secret({subprotocol, "\n"});
    case HeaderFormat::json: break;
  }
  json::Writer writer;
  writer.begin_object();
  writer.key("Authorization").string(authorization);
  writer.key("Sec-WebSocket-Protocol").string(subprotocol);
  writer.end_object();
  return Secret({writer.text(), "\n"});
}

Result<ExitStatus> show_dry_run(const HeaderOptions& options, session::Session& session) {
  if (options.auth != session::Auth::grant) {
    session.messages().warn("nothing would be sent: only --auth grant asks the service");
    return ExitStatus::ok;
  }
  return output::show_mint(session, options.mint);
}

}  // namespace

void declare_header(CLI::App& app, HeaderOptions& options) {
  options::bind_value(app, "--auth", options.auth, session::parse_auth, "KIND",
                      "Credential: grant (default), key or token");
  session::declare_mint_options(app, options.mint);
  options::bind_text(app, "--out", options.out, "FILE", "Write to this file (mode 0600), not stdout");
}

Result<ExitStatus> run_header(const HeaderOptions& options, const session::Context& context) {
  if (options.auth != session::Auth::grant) {
    TRY(session::refuse_mint_options(options.mint));
  }
  TRY_ASSIGN(const std::unique_ptr<session::Session> session, session::Session::open(context));
  if (context.global.dry_run) {
    return show_dry_run(options, *session);
  }
  TRY_ASSIGN(const session::ChosenCredential chosen, session::choose_credential(*session, options.auth, options.mint));
  if (options.auth == session::Auth::key) {
    context.messages.warn("this is the API key itself, which bills the account and does not expire by itself");
  }
  const HeaderFormat format = options::find_named(formats, context.global.output).value_or(HeaderFormat::header);
  TRY(output::print_secret(context, format_credential(chosen.credential, format), chosen.credential.secret,
                           options.out));
  return ExitStatus::ok;
}

Command header_command() {
  return {.name = "header",
          .summary = "Print the header that authenticates a client",
          .formats = format_names,
          .declare = [](CLI::App& app) -> Action {
            auto options = std::make_shared<HeaderOptions>();
            declare_header(app, *options);
            return [options](const session::Context& context) { return run_header(*options, context); };
          }};
}

}  // namespace dgauth::commands
