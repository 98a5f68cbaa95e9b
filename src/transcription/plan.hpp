// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "deepgram/base_url.hpp"
#include "http/message.hpp"
#include "transcription/input.hpp"
#include "transcription/query.hpp"

namespace dgauth::transcription {

// What a run of transcriptions does, all inputs alike. Inputs are named by their index.
struct Plan {
  std::vector<Input> inputs{};
  TranscriptFormat format = TranscriptFormat::text;
  http::Parameters query{};
  deepgram::BaseUrl base_url{};
  http::RequestLimits limits{};  // with each input
  int jobs = 1;                  // at a time
  std::string output_dir{};      // empty: results go to stdout
  bool resume = false;           // unfinished files in `output_dir` are removed
  ResultNames names = ResultNames::with_digest;

  bool is_single() const { return inputs.size() == 1; }
  // Whether the service sends the transcript elsewhere.
  bool has_callback() const;
  // Whether the body of a response is the result as it comes.
  bool is_streamed() const { return format == TranscriptFormat::json && (is_single() || !output_dir.empty()); }
};

// The request for `input`, without a credential, and without the bytes of a file.
http::Request request_for(const Plan& plan, const Input& input);

// `<stem>.<extension>`.
std::string result_name(const Input& input, TranscriptFormat format);

// ErrorKind::usage if two of the inputs would have the same file, or one of them would be replaced by its own result in
// `directory`.
Result<void> check_result_names(const std::vector<Input>& inputs, TranscriptFormat format, ResultNames names,
                                const std::string& directory);

// Sets `obstacle` where there is a directory with that name in `directory`.
void find_obstacles(std::vector<Input>& inputs, TranscriptFormat format, const std::string& directory);

// Sets `has_result` where there is a file with that name in `directory`, or a link to one. An empty file is a result in
// SRT only, where silence has no captions.
void find_results(std::vector<Input>& inputs, TranscriptFormat format, const std::string& directory);

}  // namespace dgauth::transcription
