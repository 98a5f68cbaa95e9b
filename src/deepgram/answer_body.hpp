// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "json/event_reader.hpp"

namespace dgauth::deepgram {

// The body of a successful POST /v1/listen as it comes: JSON, told to a handler. Every error is of ErrorKind::service.
class AnswerBody {
 public:
  // `handler` must outlive it.
  explicit AnswerBody(json::EventHandler& handler) : reader_(&handler) {}

  // An error as soon as the body cannot be JSON any more.
  Result<void> feed(std::string_view piece);
  // An error if the body, which ends here, is not whole.
  Result<void> finish();
  // The first byte that is not blank; nullopt if none has come.
  std::optional<char> first() const { return first_; }
  // The error for a body that is not what it should be, with `message`.
  Error nonsense(std::string message) const;

 private:
  json::EventReader reader_;
  std::optional<char> first_;
};

}  // namespace dgauth::deepgram
