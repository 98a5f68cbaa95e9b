// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <utility>

#include <tl/expected.hpp>

#include "base/error.hpp"

namespace dgauth {

// A value, or the Error that prevented it: the one way in which dgauth reports failure.
template <typename T>
using Result = tl::expected<T, Error>;

inline tl::unexpected<Error> fail(Error error) { return tl::unexpected<Error>(std::move(error)); }

inline tl::unexpected<Error> fail(ErrorKind kind, std::string message, std::string hint = {}) {
  return fail(Error{.kind = kind, .message = std::move(message), .hint = std::move(hint)});
}

// Evaluates the expression, a Result, and returns its error from the calling function if it has one.
#define TRY(...)                                            \
  do {                                                      \
    auto try_result = (__VA_ARGS__);                        \
    if (!try_result) {                                      \
      return ::dgauth::fail(std::move(try_result.error())); \
    }                                                       \
  } while (false)

// NOLINTBEGIN(bugprone-macro-parentheses): a declaration takes no parentheses

// The same, and initialises `declaration` with the value: TRY_ASSIGN(const Ttl ttl, parse_ttl(text)).
#define TRY_ASSIGN(declaration, ...) DGAUTH_TRY_ASSIGN_AT(declaration, __LINE__, (__VA_ARGS__))
#define DGAUTH_TRY_ASSIGN_AT(declaration, line, expression) DGAUTH_TRY_ASSIGN_IN(declaration, line, expression)
#define DGAUTH_TRY_ASSIGN_IN(declaration, line, expression) \
  DGAUTH_TRY_ASSIGN_AS(declaration, try_result_##line, expression)
#define DGAUTH_TRY_ASSIGN_AS(declaration, result, expression) \
  auto result = expression;                                   \
  if (!result) {                                              \
    return ::dgauth::fail(std::move(result.error()));         \
  }                                                           \
  declaration = std::move(*result)

// NOLINTEND(bugprone-macro-parentheses)

// `error`, whose message begins with a predicate ("is not a duration"), blamed on `place`: an option, a variable, or
// `file:line`. The kind says whose fault that is.
inline tl::unexpected<Error> fail_at(std::string_view place, ErrorKind kind, Error error) {
  error.kind = kind;
  error.message.insert(0, std::string(place) + " ");
  return fail(std::move(error));
}

}  // namespace dgauth
