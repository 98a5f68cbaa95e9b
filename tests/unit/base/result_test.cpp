// SPDX-License-Identifier: MIT
#include "base/result.hpp"

#include <memory>

#include "support/printing.hpp"

namespace dgauth {
namespace {

Result<std::unique_ptr<int>> parse_digit(char c) {
  return c >= '0' && c <= '9' ? Result<std::unique_ptr<int>>(std::make_unique<int>(c - '0'))
                              : fail(ErrorKind::usage, "is not a digit");
}

Result<int> sum_of(char a, char b, int& steps) {
  ++steps;
  TRY_ASSIGN(const std::unique_ptr<int> first, parse_digit(a));
  ++steps;
  TRY_ASSIGN(const std::unique_ptr<int> second, parse_digit(b));
  return *first + *second;
}

Result<std::string> name_of_sum(char a, char b, int& steps) {
  TRY(sum_of(a, b, steps));
  return "a sum";
}

}  // namespace

TEST_CASE("base::TRY and TRY_ASSIGN go on with a value, and hand an error on at once") {
  struct Row {
    char a;
    char b;
    Result<int> sum;
    int steps;
  };
  const Error not_a_digit{.kind = ErrorKind::usage, .message = "is not a digit"};
  for (const Row& row :
       {Row{'3', '4', 7, 2}, Row{'x', '4', fail(not_a_digit), 1}, Row{'3', 'x', fail(not_a_digit), 2}}) {
    int steps = 0;
    CHECK(sum_of(row.a, row.b, steps) == row.sum);
    CHECK(steps == row.steps);
    const Result<std::string> name = name_of_sum(row.a, row.b, steps);
    CHECK(name == (row.sum ? Result<std::string>("a sum") : fail(not_a_digit)));
  }
}

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
