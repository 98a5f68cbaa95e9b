// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <optional>

#include "deepgram/ttl.hpp"
#include "options/declaration.hpp"

namespace dgauth::options {

// What the commands that mint have in common.
struct MintOptions {
  std::optional<deepgram::Ttl> ttl{};               // nullopt: the profile's, else the server's default
  bool strict_ttl = false;                          // a life other than asked for is a failure
  bool cache = false;                               // --cache, even where the profile has none
  bool no_cache = false;                            // --no-cache, even where the profile has one
  std::optional<std::chrono::seconds> min_valid{};  // the least life of a token from the cache

  bool operator==(const MintOptions&) const = default;
};

// Declares --ttl, --strict-ttl, --cache, --no-cache and --min-valid.
void declare_mint_options(Declaration& declaration, MintOptions& options);

// ErrorKind::usage if `options` say anything: for a run without a mint.
Result<void> refuse_mint_options(const MintOptions& options);

}  // namespace dgauth::options
