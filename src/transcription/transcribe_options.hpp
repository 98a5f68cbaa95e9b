// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "http/url.hpp"
#include "session/context.hpp"
#include "session/credential_choice.hpp"
#include "session/token_source.hpp"

namespace CLI {
class App;
}

namespace dgauth::transcription {

// What is to be transcribed.
enum class MediaKind { url, file };

enum class TranscriptFormat { text, json, srt, vtt };

// Each takes a connection and up to two files: with these a process stays below 1024 descriptors, the usual limit.
inline constexpr int most_jobs = 200;

struct TranscribeOptions {
  std::optional<session::Auth> auth = session::Auth::key;  // nothing: none
  session::MintOptions mint;                               // of --auth grant
  std::vector<std::string> inputs;
  std::string from_file;  // a list of more inputs; empty: none
  int jobs = 4;
  std::string output_dir;  // empty: stdout
  bool resume = false;

  std::string model = "nova-3";
  std::string language;  // empty: not sent
  bool smart_format = false;
  bool diarize = false;
  bool punctuate = false;
  bool paragraphs = false;
  bool utterances = false;
  bool detect_language = false;
  std::vector<std::string> redact;
  std::vector<std::string> keyterms;
  std::vector<std::string> tags;
  std::string callback;         // empty: none
  http::Parameters parameters;  // of --param

  bool operator==(const TranscribeOptions&) const = default;
};

void declare_transcribe(CLI::App& app, MediaKind kind, TranscribeOptions& options);

// The query that `options` ask for, `model` always in it, once; what --param names is not sent by any other option.
// Captions ask for utterances. ErrorKind::usage where --param says twice what can be said once only.
Result<http::Parameters> query_of(const TranscribeOptions& options, TranscriptFormat format);

// What about `query` its sender should know: names that are no documented parameters.
std::vector<std::string> warnings_for(const http::Parameters& query);

}  // namespace dgauth::transcription
