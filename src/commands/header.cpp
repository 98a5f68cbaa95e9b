// SPDX-License-Identifier: MIT
#include "commands/header.hpp"

#include <array>
#include <memory>

#include <fmt/format.h>

#include "commands/dry_run.hpp"
#include "commands/named.hpp"
#include "commands/option_binding.hpp"
#include "commands/secret_output.hpp"
#include "commands/token_text.hpp"
#include "deepgram/jwt.hpp"
#include "json/writer.hpp"

namespace dgauth::commands {
namespace {

using deepgram::Credential;
using deepgram::CredentialKind;

enum class HeaderFormat { header, value, curl, ws, ws_value, json };

constexpr std::array<Named<HeaderFormat>, 6> formats = {{
    {"header", HeaderFormat::header},
    {"value", HeaderFormat::value},
    {"curl", HeaderFormat::curl},
    {"ws", HeaderFormat::ws},
    {"ws-value", HeaderFormat::ws_value},
    {"json", HeaderFormat::json},
}};
constexpr auto format_names = names_of(formats);

constexpr std::array<Named<Auth>, 3> auths = {{{"grant", Auth::grant}, {"key", Auth::key}, {"token", Auth::token}}};

Result<Auth> parse_auth(std::string_view text) {
  if (const std::optional<Auth> auth = find_named(auths, text)) {
    return *auth;
  }
  return fail(ErrorKind::usage, "is none of grant, key and token");
}

Secret text_of(const Credential& credential, HeaderFormat format) {
  const Secret authorization = deepgram::authorization_value(credential);
  const Secret subprotocol = deepgram::subprotocol_value(credential);
  switch (format) {
    case HeaderFormat::header: return Secret({"Authorization: ", authorization, "\n"});
    case HeaderFormat::value: return Secret({authorization, "\n"});
    case HeaderFormat::curl: return curl_line(credential);
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

Result<Credential> token_of_environment(const host::Host& host) {
  Result<credentials::FoundSecret> found = credentials::find_access_token(host.environment);
  if (!found) {
    return fail(std::move(found.error()));
  }
  const std::optional<deepgram::Claims> claims = deepgram::decode_claims(found->secret);
  if (claims && claims->expires_at && *claims->expires_at <= host.now()) {
    const auto ago = std::chrono::floor<std::chrono::seconds>(host.now() - *claims->expires_at);
    return fail(ErrorKind::forbidden,
                fmt::format("the token in DEEPGRAM_ACCESS_TOKEN expired {} s ago by the local clock", ago.count()),
                "mint a fresh one: leave out --auth token");
  }
  return Credential{.kind = CredentialKind::access_token, .secret = std::move(found->secret)};
}

Result<Credential> choose_credential(const HeaderOptions& options, const Context& context,
                                     const Connection& connection) {
  switch (options.auth) {
    case Auth::token: return token_of_environment(context.host);
    case Auth::key:
      return connection.find_key().map([&context](credentials::FoundSecret&& key) {
        context.messages.warn("this is the API key itself, which bills the account and does not expire by itself");
        return Credential{.kind = CredentialKind::api_key, .secret = std::move(key.secret)};
      });
    case Auth::grant: break;
  }
  return mint(context, connection, options.mint).map([](Minted&& minted) {
    return Credential{.kind = CredentialKind::access_token, .secret = std::move(minted.token.value)};
  });
}

Result<ExitStatus> show_dry_run(const HeaderOptions& options, const Context& context, const Connection& connection) {
  if (options.auth != Auth::grant) {
    context.messages.warn("nothing would be sent: only --auth grant asks the service");
    return ExitStatus::ok;
  }
  return show_mint(context, connection, options.mint);
}

}  // namespace

void declare_header(CLI::App& app, HeaderOptions& options) {
  bind_value(app, "--auth", options.auth, parse_auth, "KIND", "Credential: grant (default), key or token");
  declare_mint_options(app, options.mint);
  bind_text(app, "--out", options.out, "FILE", "Write to this file (mode 0600), not stdout");
}

Result<ExitStatus> run_header(const HeaderOptions& options, const Context& context) {
  if (options.auth != Auth::grant && options.mint != MintOptions{}) {
    return fail(ErrorKind::usage, "--ttl and --strict-ttl are about a token to be minted", "leave out --auth");
  }
  const Result<Connection> connection = Connection::open(context);
  if (!connection) {
    return fail(connection.error());
  }
  if (context.global.dry_run) {
    return show_dry_run(options, context, *connection);
  }
  const Result<Credential> credential = choose_credential(options, context, *connection);
  if (!credential) {
    return fail(credential.error());
  }
  const HeaderFormat format = find_named(formats, context.global.output).value_or(HeaderFormat::header);
  return print_secret(context, text_of(*credential, format), credential->secret, options.out).map([] {
    return ExitStatus::ok;
  });
}

Command header_command() {
  return {.name = "header",
          .summary = "Print the header that authenticates a client",
          .formats = format_names,
          .declare = [](CLI::App& app) -> Action {
            auto options = std::make_shared<HeaderOptions>();
            declare_header(app, *options);
            return [options](const Context& context) { return run_header(*options, context); };
          }};
}

}  // namespace dgauth::commands
