// SPDX-License-Identifier: MIT
#include "base/rfc3339.hpp"

#include "support/made_up.hpp"
#include "support/printing.hpp"
#include "support/process_state.hpp"

namespace dgauth {
namespace {

using namespace std::chrono_literals;
using std::chrono::system_clock;

struct Row {
  system_clock::time_point time;
  std::string_view text;
};

const Row rows[] = {
    {system_clock::time_point{}, "1970-01-01T00:00:00Z"},
    {system_clock::time_point{1s}, "1970-01-01T00:00:01Z"},
    {system_clock::time_point{1ms}, "1970-01-01T00:00:00Z"},
    {system_clock::time_point{999999us}, "1970-01-01T00:00:00Z"},
    {support::noon, "2026-03-01T12:00:00Z"},
    {support::noon + 999ms, "2026-03-01T12:00:00Z"},
    {system_clock::time_point{951782400s}, "2000-02-29T00:00:00Z"},
    {system_clock::time_point{2147483648s}, "2038-01-19T03:14:08Z"},
    {system_clock::time_point{4102444799s}, "2099-12-31T23:59:59Z"},
};

void check_rows() {
  for (const Row& row : rows) {
    CHECK(rfc3339(row.time) == row.text);
  }
}

}  // namespace

TEST_CASE("base::rfc3339 writes UTC to the second") { check_rows(); }

TEST_CASE("base::rfc3339 does not depend on the time zone of the machine") {
  // New York changes to daylight time on 2026-03-08, and Kolkata is half an hour beside the hour.
  for (const char* const zone : {"America/New_York", "Asia/Kolkata", "Pacific/Kiritimati"}) {
    CAPTURE(std::string_view(zone));
    const support::TimeZone elsewhere(zone);
    check_rows();
    CHECK(rfc3339(system_clock::time_point{1772955000s}) == "2026-03-08T07:30:00Z");
  }
}

}  // namespace dgauth
