// SPDX-License-Identifier: MIT
#include "commands/mint.hpp"

#include <string>
#include <utility>
#include <vector>

#include "commands/option_binding.hpp"

namespace dgauth::commands {

void declare_mint_options(CLI::App& app, MintOptions& options) {
  bind_value(app, "--ttl", options.ttl, deepgram::parse_ttl, "DURATION", "Life of the token, 1s to 1h");
  bind_flag(app, "--strict-ttl", options.strict_ttl, "Fail (8) if the server grants another");
}

Result<std::optional<deepgram::Ttl>> ttl_to_ask_for(const Connection& connection, const MintOptions& options) {
  const std::optional<deepgram::Ttl> ttl = options.ttl ? options.ttl : connection.profile_ttl();
  if (options.strict_ttl && !ttl) {
    return fail(ErrorKind::usage, "--strict-ttl needs a TTL to be strict about", "add --ttl, or a ttl to the profile");
  }
  return ttl;
}

Result<Minted> mint(const Context& context, const Connection& connection, const MintOptions& options) {
  const Result<std::optional<deepgram::Ttl>> ttl = ttl_to_ask_for(connection, options);
  if (!ttl) {
    return fail(ttl.error());
  }
  Result<credentials::FoundSecret> key = connection.find_key();
  if (!key) {
    return fail(std::move(key.error()));
  }
  const Result<std::unique_ptr<http::Exchange>> exchange = connection.make_exchange();
  if (!exchange) {
    return fail(exchange.error());
  }
  deepgram::Client client(**exchange, connection.base_url(),
                          {.kind = deepgram::CredentialKind::api_key, .secret = std::move(key->secret)},
                          connection.patience());
  Result<deepgram::AccessToken> token = client.grant(*ttl);
  if (!token) {
    return fail(std::move(token.error()));
  }
  const std::vector<std::string> doubts = deepgram::doubts_about(*token);
  if (options.strict_ttl && token->expires_in != (*ttl)->seconds()) {
    return fail({.kind = ErrorKind::service,
                 .message = doubts.front() + ", and --strict-ttl is given",
                 .hint = "ask for another --ttl, or leave out --strict-ttl",
                 .http_status = {},
                 .request_id = token->request_id});
  }
  for (const std::string& doubt : doubts) {
    context.messages.warn(doubt);
  }
  return Minted{.token = std::move(*token), .key_source = std::move(key->source)};
}

}  // namespace dgauth::commands
