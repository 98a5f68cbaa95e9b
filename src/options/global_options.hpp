// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "deepgram/base_url.hpp"
#include "options/declaration.hpp"

namespace dgauth::options {

// The options that every command takes. An empty text is an option that was not given.
struct GlobalOptions {
  std::string config;
  std::string profile;
  std::optional<deepgram::BaseUrl> base_url;  // from --base-url or --region
  std::string api_key_file;
  std::string output;  // what -o names (see OutputChoice); empty: not given
  bool json = false;   // --json, which is -o json
  bool quiet = false;
  bool verbose = false;
  std::optional<std::chrono::seconds> timeout;
  std::optional<std::chrono::seconds> connect_timeout;
  std::optional<int> retries;
  std::string cacert;
  bool dry_run = false;
  bool no_color = false;

  bool operator==(const GlobalOptions&) const = default;
};

// Their declaration, which fills `options`.
Declaration declare_global_options(GlobalOptions& options);

}  // namespace dgauth::options
