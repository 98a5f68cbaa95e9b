// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "http/message.hpp"
#include "transcription/plan.hpp"

namespace dgauth::transcription {

// Sinks want every success, whatever it is labelled, and judge its body as it comes. What is not a whole answer to
// `plan` ends with ErrorKind::service.

// Hands the body on to `write`, byte for byte. The first 64 KiB are held back: of a shorter body that is not an
// answer, nothing is written.
http::Sink json_sink(const Plan& plan, std::function<Result<void>(std::string_view)> write);

// Puts into `text` what the format of `plan` makes of a body of at most `limit` bytes: the body itself for json, the id
// of the request, as the server gave it, where there is a callback, otherwise a transcript, whose body is not kept.
// `plan` must outlive it.
http::Sink text_sink(const Plan& plan, std::size_t limit, std::shared_ptr<std::string> text);

// The same for a body that is there.
Result<std::string> text_for(const Plan& plan, std::string_view body);

}  // namespace dgauth::transcription
