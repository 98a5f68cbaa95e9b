// SPDX-License-Identifier: MIT
#include "transcription/stdout_writers.hpp"

#include <map>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "base/shown.hpp"
#include "transcription/answer_sinks.hpp"

namespace dgauth::transcription {
namespace {

class SingleWriter final : public ResultWriter {
 public:
  SingleWriter(const Plan& plan, host::Console& console) : plan_(plan), console_(console) {}

  http::Sink sink_for(std::size_t /*input*/) override {
    return plan_.is_streamed() ? json_sink(plan_, [this](std::string_view piece) { return console_.write_out(piece); })
                               : http::Sink();
  }
  Result<void> write(std::size_t /*input*/, Result<Transcription> result) override {
    return result && !result->text.empty() ? console_.write_out(result->text) : Result<void>();
  }

 private:
  const Plan& plan_;
  host::Console& console_;
};

// Texts under the names of their inputs. One waits until those before it are there.
class OrderedWriter final : public ResultWriter {
 public:
  OrderedWriter(const std::vector<Input>& inputs, host::Console& console) : inputs_(inputs), console_(console) {}

  Result<void> write(std::size_t input, Result<Transcription> result) override {
    waiting_.emplace(input, result ? std::move(result->text) : std::string());
    for (; !waiting_.empty() && waiting_.begin()->first == next_; ++next_) {
      const std::string text = std::move(waiting_.extract(waiting_.begin()).mapped());
      if (text.empty()) {
        continue;  // it failed
      }
      TRY(console_.write_out(fmt::format("{}{}\n{}", separator_, inputs_[next_].heading, text)));
      separator_ = "\n";
    }
    return {};
  }

 private:
  const std::vector<Input>& inputs_;
  host::Console& console_;
  std::map<std::size_t, std::string> waiting_;
  std::size_t next_ = 0;
  std::string_view separator_;
};

class JsonLinesWriter final : public ResultWriter {
 public:
  JsonLinesWriter(const std::vector<Input>& inputs, host::Console& console) : inputs_(inputs), console_(console) {}

  Result<void> write(std::size_t input, Result<Transcription> result) override {
    return console_.write_out(json_line(inputs_[input].text, result));
  }
  bool reports_failures() const override { return true; }

 private:
  const std::vector<Input>& inputs_;
  host::Console& console_;
};

}  // namespace

std::unique_ptr<ResultWriter> make_stdout_writer(const Plan& plan, host::Console& console) {
  if (plan.is_single()) {
    return std::make_unique<SingleWriter>(plan, console);
  }
  if (plan.format == TranscriptFormat::json) {
    return std::make_unique<JsonLinesWriter>(plan.inputs, console);
  }
  return std::make_unique<OrderedWriter>(plan.inputs, console);
}

}  // namespace dgauth::transcription
