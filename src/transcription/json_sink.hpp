// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <string_view>

#include "base/result.hpp"
#include "http/message.hpp"

namespace dgauth::transcription {

// Hands the body of a response on to `write` as it comes. It wants only a success that begins like an object in JSON,
// whatever it is labelled: everything else is kept to be looked at. ErrorKind::service at the end if the last character
// is not that of an object.
http::Sink json_sink(std::function<Result<void>(std::string_view)> write);

}  // namespace dgauth::transcription
