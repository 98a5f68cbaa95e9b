// SPDX-License-Identifier: MIT
#include "transcription/result_writer.hpp"

#include "base/exit_status.hpp"
#include "json/writer.hpp"
#include "output/error_text.hpp"
#include "transcription/directory_writer.hpp"
#include "transcription/stdout_writers.hpp"

namespace dgauth::transcription {

Result<std::unique_ptr<ResultWriter>> make_result_writer(const Plan& plan, host::Console& console) {
  if (!plan.output_dir.empty()) {
    return make_directory_writer(plan);
  }
  return make_stdout_writer(plan, console);
}

std::string json_line(std::string_view input, const Result<Transcription>& result) {
  json::Writer writer;
  writer.begin_object();
  writer.key("input").string(input);
  const ExitStatus status = result ? ExitStatus::ok : exit_status_of(result.error().kind);
  writer.key("status").number(static_cast<int>(status));
  writer.key("http_status").number_or_null(result ? result->http_status : result.error().http_status);
  if (result) {
    writer.key("response").verbatim(result->text);
  } else {
    writer.key("error");
    output::write_error(writer, result.error());
  }
  writer.end_object();
  return std::string(writer.text()) + "\n";
}

}  // namespace dgauth::transcription
