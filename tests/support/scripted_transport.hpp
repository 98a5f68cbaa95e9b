// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "http/client.hpp"
#include "http/transport.hpp"
#include "support/fake_clock.hpp"

namespace dgauth::support {

// How an attempt ends, as far as libcurl would tell.
struct AttemptScript {
  http::CurlFacts facts{};    // with a code: the attempt fails
  std::string body = {};      // comes before it does
  int status = 200;           // of the response, if there is one
  bool is_truncated = false;  // the body goes on, and is not read
  std::optional<std::chrono::seconds> retry_after = {};
  std::chrono::milliseconds after{0};  // how long it takes; what is longer than its timeout times out
};

// A client that retries, authorizes and keeps deadlines as the real one, on top of attempts that follow a script. Time
// is that of `clock`, and passes when it waits. Both must outlive it.
using Script = std::function<AttemptScript(const http::Request&)>;

struct ScriptedAttempts {
  FakeClock& clock;
  Script script;
  std::vector<std::string> paths{};  // of the requests whose attempts have begun

  http::ClientFactory factory();
};

}  // namespace dgauth::support
