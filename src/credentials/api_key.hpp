// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "base/secret.hpp"
#include "credentials/config.hpp"
#include "host/host.hpp"
#include "host/messages.hpp"

namespace dgauth::credentials {

// A secret and where it was found: `file:PATH`, `stdin`, `env:NAME` or `profile:NAME`.
struct FoundSecret {
  Secret secret;
  std::string source;
  std::chrono::steady_clock::duration prompt_time{};  // how long the user was asked for it
};

// The first 8 hexadecimal digits of its SHA-256: enough to tell two keys apart, and of no use for guessing one.
std::string fingerprint(const Secret& secret);

// Where to look for an API key, in this order: `key_file`, the profile if it is explicit, the environment, the profile.
struct KeySearch {
  std::string key_file;              // --api-key-file; "-" is stdin; empty: not given
  std::optional<Profile> profile;    // the profile in force
  bool profile_is_explicit = false;  // named on the command line
  std::string unchosen{};            // "FILE has the profiles a and b": where none of several is in force
  // The most that a file or a command may take, besides its own timeout; not the prompt.
  std::chrono::milliseconds time_left = std::chrono::hours(1);
};

// Where an API key is, before anybody looks. `file` and `program` are empty for one that is in a variable or in the
// configuration itself.
struct KeyPlace {
  std::string source;     // as FoundSecret has it
  std::string named_by;   // an option, a variable, or `file:line`
  std::string file{};     // "-" is stdin
  std::string program{};  // of an api_key_command
};

// Where find_api_key looks; nullopt if it would find none.
std::optional<KeyPlace> place_of_key(const KeySearch& search, const host::Environment& environment);

// Finds the API key and checks that it is one: 1 to 4096 bytes of visible ASCII after one newline is dropped.
// ErrorKind::no_credential if there is none, or its file or terminal cannot be read; ErrorKind::config if it cannot be
// a key, or a command or the environment that should give it fails. Messages name the source and the position, never
// the value.
Result<FoundSecret> find_api_key(const KeySearch& search, const host::Host& host, const host::Messages& messages);

// Whether find_api_key would run a command or prompt on the terminal, which --dry-run must not do.
bool search_needs_action(const KeySearch& search, const host::Host& host);

// Whether the api_key_command at `place` could be started, or the error of find_api_key. Nothing is run.
Result<void> check_key_command(const KeyPlace& place);

// The access token in DEEPGRAM_ACCESS_TOKEN. ErrorKind::no_credential if there is none, ErrorKind::config if it cannot
// be a token.
Result<FoundSecret> find_access_token(const host::Environment& environment);

}  // namespace dgauth::credentials
