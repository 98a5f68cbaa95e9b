// SPDX-License-Identifier: MIT
#include "http/retry.hpp"

#include "support/http_printing.hpp"

namespace dgauth::http {

using namespace std::chrono_literals;

TEST_CASE("http::may_repeat: only where nothing can have happened or repeating is harmless, promise 15") {
  struct Row {
    std::string_view what;
    AttemptOutcome end;
    int status;
    bool freely;
    bool unless_billed;
  };
  constexpr Row rows[] = {
      {"no connection: nothing left this machine", AttemptOutcome::not_connected, 0, true, true},
      {"a cut after sending: another token is harmless, another bill is not", AttemptOutcome::interrupted, 0, true,
       false},
      {"a certificate that is not trusted stays so", AttemptOutcome::permanent, 0, false, false},
      {"success", AttemptOutcome::answered, 200, false, false},
      {"success of another kind", AttemptOutcome::answered, 201, false, false},
      {"no content", AttemptOutcome::answered, 204, false, false},
      {"a redirect is followed by nobody, promise 9", AttemptOutcome::answered, 301, false, false},
      {"another redirect", AttemptOutcome::answered, 307, false, false},
      {"bad request", AttemptOutcome::answered, 400, false, false},
      {"a refused key stays refused", AttemptOutcome::answered, 401, false, false},
      {"no credit", AttemptOutcome::answered, 402, false, false},
      {"a role stays what it is", AttemptOutcome::answered, 403, false, false},
      {"not found", AttemptOutcome::answered, 404, false, false},
      {"wrong verb", AttemptOutcome::answered, 405, false, false},
      {"request time-out: the body may have arrived", AttemptOutcome::answered, 408, true, false},
      {"length required", AttemptOutcome::answered, 411, false, false},
      {"too large", AttemptOutcome::answered, 413, false, false},
      {"the URL is too long: documented as not to be tried again", AttemptOutcome::answered, 414, false, false},
      {"unprocessable", AttemptOutcome::answered, 422, false, false},
      {"too many requests: refused before any work", AttemptOutcome::answered, 429, true, true},
      {"client closed request", AttemptOutcome::answered, 499, false, false},
      {"server error", AttemptOutcome::answered, 500, true, false},
      {"bad gateway", AttemptOutcome::answered, 502, true, false},
      {"unavailable", AttemptOutcome::answered, 503, true, false},
      {"gateway time-out", AttemptOutcome::answered, 504, true, false},
      {"the last of the server's errors", AttemptOutcome::answered, 599, true, false},
  };
  for (const Row& row : rows) {
    CAPTURE(row.what);
    CHECK(may_retry(RetryPolicy::freely, row.end, row.status) == row.freely);
    CHECK(may_retry(RetryPolicy::unless_billed, row.end, row.status) == row.unless_billed);
  }
}

TEST_CASE("http::retry_delay is half a second, doubled each time") {
  constexpr double middle = 0.5;
  CHECK(retry_delay(0, {}, middle) == 500ms);
  CHECK(retry_delay(1, {}, middle) == 1s);
  CHECK(retry_delay(2, {}, middle) == 2s);
  CHECK(retry_delay(5, {}, middle) == 16s);
}

TEST_CASE("http::retry_delay gives or takes a fifth") {
  constexpr double almost_one = 1.0 - 1e-12;
  for (int retry = 0; retry < 6; ++retry) {
    CAPTURE(retry);
    const auto middle = 500ms * (1 << retry);
    CHECK(retry_delay(retry, {}, 0.0) == middle * 4 / 5);
    CHECK(retry_delay(retry, {}, almost_one) <= middle * 6 / 5);
    CHECK(retry_delay(retry, {}, almost_one) >= middle * 6 / 5 - 1ms);
    CHECK(retry_delay(retry, {}, 0.25) < retry_delay(retry, {}, 0.75));
  }
}

TEST_CASE("http::retry_delay: what the server asks for is the least") {
  CHECK(retry_delay(0, 0s, 0.5) == 500ms);
  CHECK(retry_delay(0, 1s, 0.5) == 1s);
  CHECK(retry_delay(0, 1s, 0.0) == 1s);
  CHECK(retry_delay(3, 1s, 0.5) == 4s);
  CHECK(retry_delay(0, 3600s, 0.5) == 1h);
  CHECK(retry_delay(2, -5s, 0.5) == 2s);
  CHECK(retry_delay(0, 2334744405s, 0.5) == 2334744405s);  // a date in 2099, as libcurl counts it
}

TEST_CASE("http::retry_delay stays sane for any number of retries") {
  for (const int retry : {30, 31, 32, 63, 64, 100, 2147483647}) {
    CAPTURE(retry);
    CHECK(retry_delay(retry, {}, 0.5) >= 16s);
    CHECK(retry_delay(retry, {}, 0.5) < 24h * 365);
  }
}

TEST_CASE("http::RequestLimits::after takes what was spent off the total alone, and leaves a millisecond") {
  using namespace std::chrono_literals;
  const RequestLimits limits{.total = 30s, .connect = 7s, .retries = 1};
  for (const auto& [spent, total] :
       {std::pair{0ms, 30000ms}, std::pair{12005ms, 17995ms}, std::pair{30000ms, 1ms}, std::pair{3600000ms, 1ms}}) {
    CHECK((limits.after(spent) == RequestLimits{.total = total, .connect = 7s, .retries = 1}));
  }
}

}  // namespace dgauth::http
