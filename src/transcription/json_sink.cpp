// SPDX-License-Identifier: MIT
#include "transcription/json_sink.hpp"

#include <memory>
#include <utility>

#include "base/text.hpp"

namespace dgauth::transcription {

http::Sink json_sink(std::function<Result<void>(std::string_view)> write) {
  const auto last = std::make_shared<char>('\0');
  return {.wants = [](const http::Response& head,
                      std::string_view first) { return head.is_success() && trim(first).starts_with('{'); },
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

}  // namespace dgauth::transcription
