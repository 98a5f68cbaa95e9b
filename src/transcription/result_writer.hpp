// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "host/console.hpp"
#include "http/message.hpp"
#include "transcription/query.hpp"

namespace dgauth::transcription {

// What became of one input.
struct Outcome {
  Result<std::string> text;          // as -o has it; empty if it went through a sink
  std::optional<int> http_status{};  // of the last answer
};

// Where the results of inputs go, which are named by their number. An Error from any of these functions is of kind
// output, and means that nothing more can be written.
class ResultWriter {
 public:
  virtual ~ResultWriter() = default;

  // Whether the input's result is there already.
  virtual bool has(std::size_t /*input*/) const { return false; }
  // Takes the body of an answer as it comes. Empty: the place wants it whole.
  virtual http::Sink sink_for(std::size_t /*input*/) { return {}; }
  // Each input once, failed ones too.
  virtual Result<void> put(std::size_t input, Outcome outcome) = 0;
  // Whether put() also tells of failures.
  virtual bool tells_failures() const { return false; }
};

// What the place needs to know of the run.
struct ResultPlan {
  host::Console& console;
  const std::vector<std::string>& inputs;
  TranscriptFormat format;
  bool is_streamed;        // the body as it comes is the result
  std::string output_dir;  // empty: stdout
  bool resume;
};

// The place for `plan`, which must outlive it: a file for each input; for a single one stdout; JSON Lines as they come;
// or texts in the order of the inputs. ErrorKind::output or usage if the directory cannot be used.
Result<std::unique_ptr<ResultWriter>> make_result_writer(const ResultPlan& plan);

// `<last path part>-<8 hex of SHA-256 of the input>.<ending>`: what cannot be in a name, or would hide the file, is
// replaced.
std::string result_file_name(std::string_view input, TranscriptFormat format);

// ErrorKind::usage if two of the inputs would have the same file.
Result<void> check_result_names(const std::vector<std::string>& inputs, TranscriptFormat format);

// One line of JSON Lines, with its newline.
std::string json_line(std::string_view input, const Outcome& outcome);

}  // namespace dgauth::transcription
