// SPDX-License-Identifier: MIT
#include "base/error.hpp"

#include <set>

#include "base/exit_status.hpp"
#include "support/printing.hpp"

namespace dgauth {
namespace {

struct Row {
  ErrorKind kind;
  std::string_view name;
  int status;
};

// The contract of scripts: names in JSON errors, and the table of exit statuses in the manual.
constexpr Row rows[] = {
    {ErrorKind::usage, "usage", 2},
    {ErrorKind::config, "config", 3},
    {ErrorKind::no_credential, "no_credential", 3},
    {ErrorKind::refused, "refused", 4},
    {ErrorKind::forbidden, "forbidden", 5},
    {ErrorKind::payment, "payment", 6},
    {ErrorKind::rate_limit, "rate_limit", 6},
    {ErrorKind::network, "network", 7},
    {ErrorKind::service, "service", 8},
    {ErrorKind::rejected, "rejected", 9},
    {ErrorKind::output, "output", 1},
    {ErrorKind::internal, "internal", 1},
};

}  // namespace

TEST_CASE("base::name_of gives every kind of error its own name") {
  std::set<std::string_view> names;
  for (const Row& row : rows) {
    CHECK(name_of(row.kind) == row.name);
    names.insert(name_of(row.kind));
  }
  CHECK(names.size() == std::size(rows));
  // A new kind belongs in the table.
  CHECK(static_cast<std::size_t>(ErrorKind::internal) + 1 == std::size(rows));
}

TEST_CASE("base::exit_status_of has the numbers of the manual") {
  for (const Row& row : rows) {
    CAPTURE(row.name);
    CHECK(static_cast<int>(exit_status_of(row.kind)) == row.status);
  }
}

TEST_CASE("base::ExitStatus: a shell sees 0 only for ok") {
  CHECK(static_cast<int>(ExitStatus::ok) == 0);
  for (const Row& row : rows) {
    CAPTURE(row.name);
    CHECK(exit_status_of(row.kind) != ExitStatus::ok);
  }
}

}  // namespace dgauth
