// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "host/console.hpp"
#include "http/message.hpp"
#include "transcription/plan.hpp"

namespace dgauth::transcription {

struct Transcription {
  std::string text;  // as -o has it; empty if it went through a sink
  int http_status = 200;
};

// Where the results of inputs go. An Error from any of these functions is of kind output, and means that nothing more
// can be written, unless it is_of_one_file.
class ResultWriter {
 public:
  virtual ~ResultWriter() = default;

  // Takes the body of a response as it comes. Empty: the writer wants it whole.
  virtual http::Sink sink_for(std::size_t /*input*/) { return {}; }
  // Called once for each input that has no result yet, also for one that failed.
  virtual Result<void> write(std::size_t input, Result<Transcription> result) = 0;
  // Whether write() also tells of failures.
  virtual bool reports_failures() const { return false; }
};

// The writer for `plan`: a file for each input; for a single one stdout; JSON Lines as they come; or texts in the order
// of the inputs. Both arguments must outlive it. ErrorKind::output or usage if the directory cannot be used.
Result<std::unique_ptr<ResultWriter>> make_result_writer(const Plan& plan, host::Console& console);

// One line of JSON Lines, with its newline.
std::string json_line(std::string_view input, const Result<Transcription>& result);

}  // namespace dgauth::transcription
