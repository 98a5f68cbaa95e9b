// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "credentials/api_key.hpp"
#include "credentials/config.hpp"
#include "deepgram/base_url.hpp"
#include "session/context.hpp"

namespace dgauth::commands {

struct SecretView {
  std::string source;       // as -v and JSON name it
  std::string fingerprint;  // empty: it was not looked at
  std::string remark{};     // what else is to be said of it
};

struct ProxyView {
  std::string url;  // without a password
  std::string variable;
  bool may_be_excluded = false;  // NO_PROXY is set: libcurl decides whether it excludes the host
};

// What a command would use. What is empty could not be found, or is not there.
struct ConfigView {
  credentials::ConfigPath file;
  bool file_exists = false;
  std::vector<std::string> profiles{};
  std::optional<credentials::Profile> profile{};
  std::optional<SecretView> key{};
  bool is_key_known = true;  // false: the profile that may have one is not known
  std::optional<SecretView> token{};
  std::optional<deepgram::BaseUrl> base_url{};
  std::string trust_store{};
  std::optional<ProxyView> proxy{};
  std::vector<std::string> warnings{};  // what does not stop a command
  std::vector<Error> errors{};          // what does, in the order in which a command would meet it
};

// The message, and its hint as a second clause: for an error that does not end the run.
std::string with_hint(const Error& error);

ConfigView view_of(const session::Context& context);

}  // namespace dgauth::commands
