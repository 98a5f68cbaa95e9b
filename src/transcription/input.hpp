// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "base/secret.hpp"
#include "transcription/query.hpp"

namespace dgauth::transcription {

enum class InputKind { url, file, standard_input };

// How results are called: `<last part of the path>-<8 hex of SHA-256 of the identity>`, or as the input without its
// extension.
enum class ResultNames { with_digest, plain };

// What is transcribed, as far as it can be known before anything is opened or sent.
struct Input {
  InputKind kind = InputKind::url;
  std::string text{};             // as given: the URL to send, the path to open, or "-"
  std::string shown{};            // for messages: without control characters, query and user information
  std::string heading{};          // the line above its transcript on stdout, which names it whatever it looks like
  std::string identity{};         // the same for all spellings of it: a path without `./`, `//` and `..`
  std::string file_stem{};        // of its result's name, see ResultNames
  std::string_view media_type{};  // of what is sent; not of a URL
  std::vector<Secret> secrets{};  // in a URL, of 8 characters or more: a server may repeat them
  std::string reachability{};     // a warning that Deepgram can hardly reach the URL; empty: it may
  std::string obstacle{};         // why its result cannot have its name, so that it is not sent; empty: it can
  bool has_result = false;        // an earlier run has written it, and it is not sent again
};

// What opens a URL, as far as it is of 8 characters or more: a server may repeat it. Empty for what is not a URL.
std::vector<Secret> secrets_in_url(std::string_view url);

// What `text` means to transcribe-url or transcribe-file. ErrorKind::usage for what is not an http or https URL, with a
// hint at transcribe-file, and for a URL that is to be a file, with a hint at transcribe-url.
Result<Input> parse_input(MediaKind kind, const std::string& text, ResultNames names = ResultNames::with_digest);

// The same for each of them; the first that is wrong counts. Of several with one identity only the first is there,
// unless they are certainly different files: `..` after a symbolic link leads elsewhere than it reads.
Result<std::vector<Input>> parse_inputs(MediaKind kind, const std::vector<std::string>& texts,
                                        ResultNames names = ResultNames::with_digest);

// Fails as host::InputFile::check for a file. A URL is always good.
Result<void> check_readable(const Input& input);

}  // namespace dgauth::transcription
