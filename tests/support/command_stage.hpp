// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "commands/grant.hpp"
#include "commands/header.hpp"
#include "support/deepgram_printing.hpp"
#include "support/fake_client.hpp"
#include "support/printing.hpp"
#include "support/test_host.hpp"

namespace dgauth::support {

// All that a run of a command leaves behind, to be compared whole.
struct Outcome {
  Result<ExitStatus> result = ExitStatus::ok;
  std::string out;
  std::string err;
  std::vector<StartedRequest> requests;

  bool operator==(const Outcome&) const = default;
};

// Where a command runs: a test host, scripted replies, the global options.
class CommandStage {
 public:
  TestHost world;
  FakeClient client;
  options::GlobalOptions global;

  // `run` gets a Context of what is above, as it is now; `formats` is what -o may name.
  template <typename Run>
  Outcome run(Run run, std::span<const options::Word> formats = {}) {
    const host::Host host = world.host();
    const http::ClientFactory make_client = client.factory();
    Result<ExitStatus> result = run(session::Context{.host = host,
                                                     .make_client = make_client,
                                                     .global = global,
                                                     .output = options::choose_output(global, "it", formats).value(),
                                                     .messages = {world.console, global.quiet, global.verbose}});
    return {
        .result = std::move(result), .out = world.console.out, .err = world.console.err, .requests = client.requests};
  }
  Outcome run(const commands::GrantOptions& options) {
    return run([&options](const session::Context& context) { return commands::run_grant(options, context); },
               commands::grant_formats);
  }
  Outcome run(const commands::HeaderOptions& options) {
    return run([&options](const session::Context& context) { return commands::run_header(options, context); },
               commands::header_formats);
  }
};

// The request of a mint with `key`, no other option given; `body` is its JSON.
StartedRequest grant_request_with(std::string_view key, std::string body);

// {"access_token":…,"expires_in":…}
std::string grant_reply(std::string_view token, int expires_in);

inline doctest::String toString(const Outcome& outcome) {
  return braced("Outcome", outcome.result, outcome.out, outcome.err, outcome.requests);
}

}  // namespace dgauth::support

namespace dgauth::options {

inline doctest::String toString(Auth auth) {
  return auth == Auth::grant ? "grant" : auth == Auth::key ? "key" : "token";
}

inline doctest::String toString(const MintOptions& options) {
  return support::braced("Mint", options.ttl, options.strict_ttl, options.cache, options.no_cache, options.min_valid);
}

}  // namespace dgauth::options

namespace dgauth::commands {

inline doctest::String toString(const GrantOptions& options) {
  return support::braced("Grant", options.mint, options.variable, options.out, options.force);
}

inline doctest::String toString(const HeaderOptions& options) {
  return support::braced("Header", options.auth, options.mint, options.out, options.force);
}

}  // namespace dgauth::commands

namespace dgauth::options {

inline doctest::String toString(const GlobalOptions& options) {
  return support::braced("Global", options.config, options.profile, options.base_url, options.api_key_file,
                         options.output, options.json, options.quiet, options.verbose, options.timeout,
                         options.connect_timeout, options.retries, options.cacert, options.dry_run, options.no_color);
}

}  // namespace dgauth::options
