// SPDX-License-Identifier: MIT
#include "deepgram/answer_body.hpp"

#include <utility>

#include "base/text.hpp"

namespace dgauth::deepgram {
namespace {

constexpr std::string_view not_json = "the answer to the transcription is not JSON";

}  // namespace

Result<void> AnswerBody::feed(std::string_view piece) {
  if (const std::string_view text = trim(piece); !first_ && !text.empty()) {
    first_ = text.front();
  }
  return reader_.feed(piece) ? Result<void>() : fail(nonsense(std::string(not_json)));
}

Result<void> AnswerBody::finish() {
  if (reader_.finish()) {
    return {};
  }
  return first_
             ? fail(ErrorKind::service, "the answer to the transcription is not whole", "a proxy may have cut it short")
             : fail(nonsense(std::string(not_json)));
}

Error AnswerBody::nonsense(std::string message) const {
  const bool is_html = first_ == '<';
  return {.kind = ErrorKind::service,
          .message = std::move(message),
          .hint = is_html ? "a proxy or a login page may be answering: check --base-url" : "check --base-url"};
}

}  // namespace dgauth::deepgram
