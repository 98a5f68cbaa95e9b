// SPDX-License-Identifier: MIT
#include "deepgram/answer_body.hpp"

#include <utility>

#include "base/text.hpp"
#include "deepgram/replies.hpp"

namespace dgauth::deepgram {
namespace {

constexpr std::string_view not_json = "the response is not JSON, so it did not come from Deepgram";

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
  return first_ ? fail(ErrorKind::service, "the response is incomplete", "try again; a proxy may have cut it short")
                : fail(nonsense(std::string(not_json)));
}

Error AnswerBody::nonsense(std::string message) const {
  return {.kind = ErrorKind::service,
          .message = std::move(message),
          .hint = std::string(hint_of_foreign_body(first_ == '<'))};
}

}  // namespace dgauth::deepgram
