// SPDX-License-Identifier: MIT
#include "base/result.hpp"

#include "support/printing.hpp"

namespace dgauth {

TEST_CASE("base::fail makes any Result an error") {
  const Result<int> number = fail(ErrorKind::network, "no connection", "check the cable");
  CHECK(number.error() == Error{.kind = ErrorKind::network, .message = "no connection", .hint = "check the cable"});
  const Result<void> nothing = fail(ErrorKind::output, "disk full");
  CHECK(nothing.error() == Error{.kind = ErrorKind::output, .message = "disk full"});
  const Error whole{.kind = ErrorKind::service,
                    .message = "odd",
                    .hint = "later",
                    .http_status = 500,
                    .request_id = "fake-request-1"};
  const Result<std::string> text = fail(whole);
  CHECK(text.error() == whole);
}

TEST_CASE("base::fail_at names the place before the predicate and takes the blame from there") {
  const Error parser_error{.kind = ErrorKind::usage, .message = "is not a duration", .hint = "write 60"};
  const Result<int> of_option = fail_at("--ttl", ErrorKind::usage, parser_error);
  CHECK(of_option.error() == Error{.kind = ErrorKind::usage, .message = "--ttl is not a duration", .hint = "write 60"});
  const Result<int> of_variable = fail_at("DGAUTH_TTL", ErrorKind::config, parser_error);
  CHECK(of_variable.error() ==
        Error{.kind = ErrorKind::config, .message = "DGAUTH_TTL is not a duration", .hint = "write 60"});
}

}  // namespace dgauth
