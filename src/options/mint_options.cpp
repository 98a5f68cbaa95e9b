// SPDX-License-Identifier: MIT
#include "options/mint_options.hpp"

namespace dgauth::options {

void declare_mint_options(Declaration& declaration, MintOptions& options) {
  std::vector<Option>& declared = declaration.options;
  declared.push_back({.names = "--ttl",
                      .value_name = "DURATION",
                      .description = "Life of the token, 1s to 1h",
                      .set = parsed_into(options.ttl, deepgram::parse_ttl)});
  declared.push_back({.names = "--strict-ttl",
                      .description = "Fail (8) if the server grants another",
                      .set = flag_into(options.strict_ttl)});
  declared.push_back(
      {.names = "--cache", .description = "Reuse a token that still lives", .set = flag_into(options.cache)});
  declared.push_back({.names = "--no-cache",
                      .description = "Always mint, whatever the profile says",
                      .excludes = "--cache",
                      .set = flag_into(options.no_cache)});
  declared.push_back({.names = "--min-valid",
                      .value_name = "DURATION",
                      .description = "Least life of a cached token",
                      .set = parsed_into(options.min_valid, parse_duration_option)});
}

Result<void> refuse_mint_options(const MintOptions& options) {
  return options == MintOptions{}
             ? Result<void>()
             : fail(ErrorKind::usage, "--ttl, --strict-ttl and the cache options are about a token to be minted",
                    "add --auth grant, or leave them out");
}

}  // namespace dgauth::options
