// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <utility>

#include <tl/expected.hpp>

#include "base/error.hpp"

namespace dgauth {

// A value, or the Error that kept us from it: the one way failure travels in dgauth.
template <typename T>
using Result = tl::expected<T, Error>;

inline tl::unexpected<Error> fail(Error error) { return tl::unexpected<Error>(std::move(error)); }

inline tl::unexpected<Error> fail(ErrorKind kind, std::string message, std::string hint = {}) {
  return fail(Error{.kind = kind, .message = std::move(message), .hint = std::move(hint)});
}

// `error`, whose message begins with a predicate ("is not a duration"), blamed on `place`: an option, a variable, or
// `file:line`. The kind says whose fault that is.
inline tl::unexpected<Error> fail_at(std::string_view place, ErrorKind kind, Error error) {
  error.kind = kind;
  error.message.insert(0, std::string(place) + " ");
  return fail(std::move(error));
}

}  // namespace dgauth
