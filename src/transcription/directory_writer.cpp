// SPDX-License-Identifier: MIT
#include "transcription/directory_writer.hpp"

#include <string>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>

#include "host/make_directory.hpp"
#include "host/new_file.hpp"
#include "transcription/answer_sinks.hpp"

namespace dgauth::transcription {
namespace {

class DirectoryWriter final : public ResultWriter {
 public:
  explicit DirectoryWriter(const Plan& plan) : plan_(plan) {}

  http::Sink sink_for(std::size_t input) override {
    return plan_.is_streamed() ? json_sink(plan_, [this, input](std::string_view piece) { return add(input, piece); })
                               : http::Sink();
  }
  Result<void> write(std::size_t input, Result<Transcription> result) override {
    if (!result) {
      unfinished_.erase(input);
      return {};
    }
    TRY(add(input, result->text));
    return unfinished_.extract(input).mapped()->finish();
  }

 private:
  Result<void> add(std::size_t input, std::string_view piece) {
    std::unique_ptr<host::NewFile>& file = unfinished_[input];
    if (!file) {
      const std::string name = result_name(plan_.inputs[input], plan_.format);
      TRY_ASSIGN(file, host::NewFile::create(fmt::format("{}/{}", plan_.output_dir, name)));
    }
    return file->write(piece);
  }

  const Plan& plan_;
  std::unordered_map<std::size_t, std::unique_ptr<host::NewFile>> unfinished_;
};

}  // namespace

Result<std::unique_ptr<ResultWriter>> make_directory_writer(const Plan& plan) {
  TRY(host::make_directory(plan.output_dir));
  if (plan.resume) {
    TRY(host::remove_unfinished_files(plan.output_dir));
  }
  return std::make_unique<DirectoryWriter>(plan);
}

}  // namespace dgauth::transcription
