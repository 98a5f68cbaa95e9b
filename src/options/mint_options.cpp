// SPDX-License-Identifier: MIT
#include "options/mint_options.hpp"

#include <array>

namespace dgauth::options {
namespace {

constexpr std::array<Word, 4> lifetimes = {{
    {"30s", "30 seconds, the server's default"},
    {"60s", "1 minute"},
    {"5m", "5 minutes"},
    {"1h", "1 hour, the longest"},
}};

}  // namespace

void declare_mint_options(Declaration& declaration, MintOptions& options) {
  std::vector<Option>& declared = declaration.options;
  declared.push_back(
      {.names = "--ttl",
       .value_name = "DURATION",
       .description = "Token lifetime, 1s to 1h (default: 30s)",
       .details = "Lifetime of the token to mint, from 1 second to 1 hour, for example `60`, `60s`, `5m` or `1h`. "
                  "Default: `ttl` of the profile, else the server's default, which is 30 seconds. If the "
                  "server grants a different lifetime, a warning says so.",
       .hint = {.kind = ValueKind::suggestion, .words = lifetimes},
       .set = parsed_into(options.ttl, deepgram::parse_ttl)});
  declared.push_back({.names = "--strict-ttl",
                      .description = "Exit 8 if the server grants another lifetime",
                      .details =
                          "Exit with status 8, without using the token, if the server granted a different lifetime "
                          "than asked for. Needs `--ttl`, or `ttl` in the profile.",
                      .set = flag_into(options.strict_ttl)});
  declared.push_back({.names = "--cache",
                      .description = "Reuse a cached token while it is valid",
                      .details =
                          "Keep the token on this machine, and reuse the token of an earlier run if enough of its "
                          "lifetime is left (see `--min-valid`). A token is reused only for the same API key, base "
                          "URL and lifetime.",
                      .set = flag_into(options.cache)});
  declared.push_back({.names = "--no-cache",
                      .description = "Do not use the cache, even if the profile does",
                      .details = "Always mint a new token and do not keep it, even if the profile sets `cache`.",
                      .excludes = "--cache",
                      .set = flag_into(options.no_cache)});
  declared.push_back({.names = "--min-valid",
                      .value_name = "DURATION",
                      .description = "Minimum remaining lifetime of a cached token",
                      .details =
                          "Reuse a cached token only if it is valid for at least this much longer; never if less than "
                          "10 seconds or a fifth of its lifetime is left, whichever is less. Default: `min_valid` of "
                          "the profile.",
                      .set = parsed_into(options.min_valid, parse_duration_option)});
}

Result<void> refuse_mint_options(const MintOptions& options) {
  return options == MintOptions{}
             ? Result<void>()
             : fail(ErrorKind::usage, "--ttl, --strict-ttl and the cache options only apply when a token is minted",
                    "use --auth grant, or leave them out");
}

}  // namespace dgauth::options
