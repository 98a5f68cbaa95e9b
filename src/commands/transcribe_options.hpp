// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "options/auth.hpp"
#include "options/declaration.hpp"
#include "options/mint_options.hpp"
#include "transcription/query.hpp"

namespace dgauth::commands {

// Each takes a connection and up to two files: with these a process stays below 1024 descriptors, the usual limit.
inline constexpr int most_jobs = 200;

struct TranscribeOptions {
  std::optional<options::Auth> auth = options::Auth::key;  // nullopt: no credential
  options::MintOptions mint{};                             // of --auth grant
  std::vector<std::string> inputs{};
  std::string from_file{};      // a list of more inputs; empty: none
  bool null_separated = false;  // that list
  int jobs = 4;
  std::string output_dir{};  // empty: stdout
  bool resume = false;
  bool plain_names = false;
  transcription::QueryOptions query{};

  bool operator==(const TranscribeOptions&) const = default;
};

options::Declaration declare_transcribe_url(TranscribeOptions& options);
options::Declaration declare_transcribe_file(TranscribeOptions& options);

}  // namespace dgauth::commands
