// SPDX-License-Identifier: MIT
#include "commands/header.hpp"

#include "json/writer.hpp"
#include "options/enum_names.hpp"
#include "output/dry_run.hpp"
#include "output/out_file.hpp"
#include "output/secret_output.hpp"
#include "output/token_formats.hpp"
#include "session/credential_choice.hpp"

namespace dgauth::commands {
namespace {

using deepgram::Credential;

enum class HeaderFormat { header, value, curl, ws, ws_value, json };

constexpr std::array<options::EnumName<HeaderFormat>, 6> formats = {{
    {"header", HeaderFormat::header, "an Authorization header",
     "`Authorization: Bearer TOKEN`, or `Authorization: Token KEY` for an API key."},
    {"value", HeaderFormat::value, "the value of the Authorization header", "`Bearer TOKEN`, or `Token KEY`."},
    {"curl", HeaderFormat::curl, "a header for curl -K -",
     "`header = \"Authorization: Bearer TOKEN\"`, a line of a curl configuration, for `curl -K -`."},
    {"ws", HeaderFormat::ws, "a Sec-WebSocket-Protocol header",
     "`Sec-WebSocket-Protocol: bearer, TOKEN`, or `Sec-WebSocket-Protocol: token, KEY`."},
    {"ws-value", HeaderFormat::ws_value, "the value of the Sec-WebSocket-Protocol header",
     "`bearer, TOKEN`, or `token, KEY`. JavaScript wants the two as a list: `new WebSocket(url, [\"bearer\", "
     "token])`."},
    {"json", HeaderFormat::json, "both headers as JSON",
     "One line, an object: `Authorization` and `Sec-WebSocket-Protocol`."},
}};

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
  if (options.auth != options::Auth::grant) {
    session.messages().warn("nothing would be sent: only --auth grant sends a request");
    return ExitStatus::ok;
  }
  return output::show_mint(session, options.mint);
}

}  // namespace

constexpr std::array<options::Word, 6> header_formats = options::words_of(formats);

options::Declaration declare_header(HeaderOptions& options) {
  options::Declaration declaration;
  declaration.options.push_back(
      {.names = "--auth",
       .value_name = "KIND",
       .description = "Credential: grant (default), key or token",
       .details = "Credential to print: `grant` mints a new token (default); `token` uses the token in "
                  "`DEEPGRAM_ACCESS_TOKEN` and sends no request; `key` prints the API key itself, with a "
                  "warning. The options for lifetime and cache apply to `grant` only.",
       .hint = {.kind = options::ValueKind::word, .words = options::auth_words()},
       .set = options::parsed_into(options.auth, options::parse_auth)});
  options::declare_mint_options(declaration, options.mint);
  declaration.options.push_back(
      {.names = "--out",
       .value_name = "FILE",
       .description = "Write to FILE (mode 0600) instead of stdout",
       .details =
           "Write to FILE instead of standard output, atomically; only its owner can read it (mode 0600). An existing "
           "file that contains anything but the output of dgauth is not replaced: see `--force`. A symbolic link is "
           "replaced. A target that is not a regular file, such as a named pipe, is opened and written in place; `-` "
           "is standard output.",
       .hint = {.kind = options::ValueKind::file},
       .set = options::text_into(options.out)});
  declaration.options.push_back(
      {.names = "--force",
       .description = "Let --out replace a file that dgauth did not write",
       .details = "Replace the file of `--out` even if it contains something else than what dgauth writes.",
       .set = options::flag_into(options.force)});
  return declaration;
}

Result<ExitStatus> run_header(const HeaderOptions& options, const session::Context& context) {
  if (options.auth != options::Auth::grant) {
    TRY(options::refuse_mint_options(options.mint));
  }
  if (options.force && options.out.empty()) {
    return fail(ErrorKind::usage, "--force needs --out");
  }
  if (!options.force) {
    TRY(output::check_replaceable(options.out));
  }
  TRY_ASSIGN(const std::unique_ptr<session::Session> session, session::Session::open(context));
  if (context.global.dry_run) {
    return show_dry_run(options, *session);
  }
  TRY_ASSIGN(const session::ChosenCredential chosen, session::choose_credential(*session, options.auth, options.mint));
  if (options.auth == options::Auth::key) {
    context.messages.warn("this prints the API key itself: it can spend your credit and does not expire");
  }
  const HeaderFormat format = formats.at(context.output.format).value;
  TRY(output::print_secret(context, format_credential(chosen.credential, format), chosen.credential.secret,
                           options.out));
  return ExitStatus::ok;
}

}  // namespace dgauth::commands
