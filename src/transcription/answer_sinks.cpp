// SPDX-License-Identifier: MIT
#include "transcription/answer_sinks.hpp"

#include <limits>
#include <utility>

#include "deepgram/answer_check.hpp"
#include "deepgram/transcript_reader.hpp"
#include "transcription/captions.hpp"
#include "transcription/transcript_text.hpp"

namespace dgauth::transcription {
namespace {

using deepgram::AnswerCheck;
using deepgram::AnswerKind;

constexpr std::size_t most_held_back = 64 * 1024;

// Takes the body of one answer.
class Taker {
 public:
  Taker() = default;
  Taker(const Taker&) = delete;
  Taker& operator=(const Taker&) = delete;
  virtual ~Taker() = default;

  virtual Result<void> take(std::string_view piece) = 0;
  virtual Result<void> end() = 0;
};

Error too_large() {
  return {.kind = ErrorKind::service,
          .message = "the response is larger than 256 MiB",
          .hint = "use -o json, which has no limit for one input or with --output-dir"};
}

// The success that comes gets a taker of its own, and its errors the status.
http::Sink sink_of(std::size_t limit, std::function<std::unique_ptr<Taker>()> make_taker) {
  struct State {
    std::unique_ptr<Taker> taker;
    std::size_t bytes_left = 0;
    int http_status = 0;
  };
  const auto state = std::make_shared<State>();
  auto wants = [state, limit, make_taker = std::move(make_taker)](const http::Response& head, std::string_view) {
    if (head.is_success()) {
      *state = {.taker = make_taker(), .bytes_left = limit, .http_status = head.status};
    }
    return head.is_success();
  };
  const auto with_status = [state](Result<void> result) {
    if (!result && result.error().kind == ErrorKind::service) {
      result.error().http_status = state->http_status;
    }
    return result;
  };
  auto write = [state, with_status](std::string_view piece) {
    if (piece.size() > state->bytes_left) {
      return with_status(fail(too_large()));
    }
    state->bytes_left -= piece.size();
    return with_status(state->taker->take(piece));
  };
  auto end = [state, with_status] { return with_status(state->taker->end()); };
  return {.wants = std::move(wants), .write = std::move(write), .end = std::move(end)};
}

AnswerKind kind_of(const Plan& plan) { return plan.has_callback() ? AnswerKind::callback : AnswerKind::transcript; }

class JsonTaker final : public Taker {
 public:
  JsonTaker(AnswerKind kind, std::function<Result<void>(std::string_view)> write)
      : check_(kind), write_(std::move(write)) {}

  Result<void> take(std::string_view piece) override {
    TRY(check_.feed(piece));
    if (is_flowing_) {
      return write_(piece);
    }
    held_back_ += piece;
    if (held_back_.size() < most_held_back) {
      return {};
    }
    is_flowing_ = true;
    return write_(std::exchange(held_back_, {}));
  }
  Result<void> end() override {
    TRY(check_.finish());
    return is_flowing_ ? Result<void>() : write_(held_back_);
  }

 private:
  AnswerCheck check_;
  std::function<Result<void>(std::string_view)> write_;
  std::string held_back_;
  bool is_flowing_ = false;
};

class TranscriptTaker final : public Taker {
 public:
  TranscriptTaker(TranscriptFormat format, std::string& text) : format_(format), text_(text) {}

  Result<void> take(std::string_view piece) override { return reader_.feed(piece); }
  Result<void> end() override {
    TRY_ASSIGN(const deepgram::Transcript transcript, reader_.finish());
    switch (format_) {
      case TranscriptFormat::srt: text_ = format_srt(cues_of(transcript)); break;
      case TranscriptFormat::vtt: text_ = format_vtt(cues_of(transcript)); break;
      default: text_ = format_transcript(transcript);
    }
    return {};
  }

 private:
  deepgram::TranscriptReader reader_;
  TranscriptFormat format_;
  std::string& text_;
};

class CallbackTaker final : public Taker {
 public:
  explicit CallbackTaker(std::string& text) : text_(text) {}

  Result<void> take(std::string_view piece) override { return check_.feed(piece); }
  Result<void> end() override {
    TRY(check_.finish());
    text_ = check_.request_id();
    return {};
  }

 private:
  AnswerCheck check_{AnswerKind::callback};
  std::string& text_;
};

std::unique_ptr<Taker> text_taker(const Plan& plan, std::string& text) {
  if (plan.format == TranscriptFormat::json) {
    return std::make_unique<JsonTaker>(kind_of(plan), [&text](std::string_view piece) {
      text += piece;
      return Result<void>();
    });
  }
  if (plan.has_callback()) {
    return std::make_unique<CallbackTaker>(text);
  }
  return std::make_unique<TranscriptTaker>(plan.format, text);
}

}  // namespace

http::Sink json_sink(const Plan& plan, std::function<Result<void>(std::string_view)> write) {
  return sink_of(std::numeric_limits<std::size_t>::max(),
                 [kind = kind_of(plan), write = std::move(write)] { return std::make_unique<JsonTaker>(kind, write); });
}

http::Sink text_sink(const Plan& plan, std::size_t limit, std::shared_ptr<std::string> text) {
  return sink_of(limit, [&plan, text = std::move(text)] {
    text->clear();
    return text_taker(plan, *text);
  });
}

Result<std::string> text_for(const Plan& plan, std::string_view body) {
  std::string text;
  const std::unique_ptr<Taker> taker = text_taker(plan, text);
  TRY(taker->take(body));
  TRY(taker->end());
  return text;
}

}  // namespace dgauth::transcription
