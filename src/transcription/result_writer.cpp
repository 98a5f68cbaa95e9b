// SPDX-License-Identifier: MIT
#include "transcription/result_writer.hpp"

#include <filesystem>
#include <map>
#include <system_error>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>

#include "base/digest.hpp"
#include "base/exit_status.hpp"
#include "base/text.hpp"
#include "host/make_directory.hpp"
#include "host/new_file.hpp"
#include "http/url.hpp"
#include "json/writer.hpp"
#include "output/error_text.hpp"
#include "transcription/input.hpp"
#include "transcription/transcript_text.hpp"

namespace dgauth::transcription {
namespace {

constexpr std::size_t longest_name = 200;    // in bytes: a file system takes 255 with what is added
constexpr std::size_t characters_kept = 50;  // of a longer one
constexpr std::size_t digest_digits = 8;

std::string_view ending_of(TranscriptFormat format) {
  switch (format) {
    case TranscriptFormat::json: return "json";
    case TranscriptFormat::srt: return "srt";
    case TranscriptFormat::vtt: return "vtt";
    case TranscriptFormat::text: break;
  }
  return "txt";
}

// Only a success that looks like an object in JSON goes through, whatever it is labelled; everything else is kept to be
// looked at.
http::Sink sink_to(std::function<Result<void>(std::string_view)> write) {
  const auto last = std::make_shared<char>('\0');
  return {.wants =
              [](const http::Response& head, std::string_view first) {
                return head.status >= 200 && head.status < 300 && trim(first).starts_with('{');
              },
          .write =
              [last, write = std::move(write)](std::string_view piece) {
                if (const std::string_view text = trim(piece); !text.empty()) {
                  *last = text.back();
                }
                return write(piece);
              },
          .end =
              [last] {
                return *last == '}' ? Result<void>()
                                    : fail(ErrorKind::service, "the answer to the transcription is not whole",
                                           "a proxy may have cut it short");
              }};
}

class Stdout final : public ResultWriter {
 public:
  explicit Stdout(const ResultPlan& plan) : console_(plan.console), is_streamed_(plan.is_streamed) {}

  http::Sink sink_for(std::size_t /*input*/) override {
    if (!is_streamed_) {
      return {};
    }
    return sink_to([this](std::string_view piece) { return console_.write_out(piece); });
  }
  Result<void> put(std::size_t /*input*/, Outcome outcome) override {
    return outcome.text && !outcome.text->empty() ? console_.write_out(*outcome.text) : Result<void>();
  }

 private:
  host::Console& console_;
  bool is_streamed_;
};

class OrderedWriter final : public ResultWriter {
 public:
  explicit OrderedWriter(const ResultPlan& plan) : console_(plan.console), inputs_(plan.inputs) {}

  Result<void> put(std::size_t input, Outcome outcome) override {
    waiting_.emplace(input, std::move(outcome.text).value_or(std::string()));
    for (; !waiting_.empty() && waiting_.begin()->first == next_; ++next_) {
      const std::string text = std::move(waiting_.extract(waiting_.begin()).mapped());
      if (text.empty()) {
        continue;  // it failed
      }
      const std::string heading = shown_line(fmt::format("==> {} <==", shown_input(inputs_[next_])));
      Result<void> written = console_.write_out(fmt::format("{}{}\n{}", is_first_ ? "" : "\n", heading, text));
      is_first_ = false;
      if (!written) {
        return written;
      }
    }
    return {};
  }

 private:
  host::Console& console_;
  const std::vector<std::string>& inputs_;
  std::map<std::size_t, std::string> waiting_;  // for those before them
  std::size_t next_ = 0;
  bool is_first_ = true;
};

class JsonLinesWriter final : public ResultWriter {
 public:
  explicit JsonLinesWriter(const ResultPlan& plan) : console_(plan.console), inputs_(plan.inputs) {}

  Result<void> put(std::size_t input, Outcome outcome) override {
    return console_.write_out(json_line(inputs_[input], outcome));
  }
  bool tells_failures() const override { return true; }

 private:
  host::Console& console_;
  const std::vector<std::string>& inputs_;
};

class DirectoryWriter final : public ResultWriter {
 public:
  explicit DirectoryWriter(const ResultPlan& plan)
      : directory_(plan.output_dir), is_streamed_(plan.is_streamed), resumes_(plan.resume) {
    for (const std::string& input : plan.inputs) {
      names_.push_back(result_file_name(input, plan.format));
    }
  }

  bool has(std::size_t input) const override {
    std::error_code unreadable;
    return resumes_ && std::filesystem::is_regular_file(fmt::format("{}/{}", directory_, names_[input]), unreadable);
  }
  http::Sink sink_for(std::size_t input) override {
    if (!is_streamed_) {
      return {};
    }
    return sink_to([this, input](std::string_view piece) { return add(input, piece); });
  }
  Result<void> put(std::size_t input, Outcome outcome) override {
    if (!outcome.text) {
      unfinished_.erase(input);
      return {};
    }
    return add(input, *outcome.text).and_then([&] { return unfinished_.extract(input).mapped()->finish(); });
  }

 private:
  Result<void> add(std::size_t input, std::string_view piece) {
    std::unique_ptr<host::NewFile>& file = unfinished_[input];
    if (!file) {
      Result<std::unique_ptr<host::NewFile>> made =
          host::NewFile::create(fmt::format("{}/{}", directory_, names_[input]));
      if (!made) {
        return fail(std::move(made.error()));
      }
      file = std::move(*made);
    }
    return file->write(piece);
  }

  std::string directory_;
  bool is_streamed_;
  bool resumes_;
  std::vector<std::string> names_;
  std::map<std::size_t, std::unique_ptr<host::NewFile>> unfinished_;
};

Result<std::unique_ptr<ResultWriter>> make_directory_writer(const ResultPlan& plan) {
  if (const Result<void> made = host::make_directory(plan.output_dir); !made) {
    return fail(made.error());
  }
  if (plan.resume) {
    if (const Result<void> removed = host::remove_unfinished_files(plan.output_dir); !removed) {
      return fail(removed.error());
    }
  }
  return std::make_unique<DirectoryWriter>(plan);
}

}  // namespace

Result<std::unique_ptr<ResultWriter>> make_result_writer(const ResultPlan& plan) {
  if (!plan.output_dir.empty()) {
    return make_directory_writer(plan);
  }
  if (plan.inputs.size() == 1) {
    return std::make_unique<Stdout>(plan);
  }
  if (plan.format == TranscriptFormat::json) {
    return std::make_unique<JsonLinesWriter>(plan);
  }
  return std::make_unique<OrderedWriter>(plan);
}

Result<void> check_result_names(const std::vector<std::string>& inputs, TranscriptFormat format) {
  std::unordered_map<std::string, std::string> names;
  for (const std::string& input : inputs) {
    if (const auto [other, is_new] = names.emplace(result_file_name(input, format), input); !is_new) {
      return fail(ErrorKind::usage,
                  fmt::format("{} and {} would have the same file, {}", shown_input(other->second), shown_input(input),
                              other->first),
                  "give them in two runs, with two folders");
    }
  }
  return {};
}

std::string result_file_name(std::string_view input, TranscriptFormat format) {
  const std::string digest = sha256_hex(input).substr(0, digest_digits);
  std::string_view path = input;
  if (const std::size_t scheme = input.find("://"); scheme != std::string_view::npos) {
    path = http::without_query(input).substr(scheme + 3);
    path.remove_prefix(std::min(path.find('/'), path.size()));
  }
  std::string name = input == "-" ? "stdin" : without_controls(after_last(path, '/'));
  if (name.empty()) {
    name = "input";
  }
  if (name.front() == '.' || name.front() == '-') {
    name.front() = '_';
  }
  if (name.size() > longest_name) {
    name = shortened(name, characters_kept);
  }
  return fmt::format("{}-{}.{}", name, digest, ending_of(format));
}

std::string json_line(std::string_view input, const Outcome& outcome) {
  json::Writer writer;
  writer.begin_object();
  writer.key("input").string(input);
  const ExitStatus status = outcome.text ? ExitStatus::ok : exit_status_of(outcome.text.error().kind);
  writer.key("status").number(static_cast<int>(status));
  writer.key("http_status").number_or_null(outcome.http_status);
  if (outcome.text) {
    writer.key("response").verbatim(*outcome.text);
  } else {
    writer.key("error");
    output::write_error(writer, outcome.text.error());
  }
  writer.end_object();
  return std::string(writer.text()) + "\n";
}

}  // namespace dgauth::transcription
