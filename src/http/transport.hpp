// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "base/result.hpp"
#include "http/curl_failure.hpp"
#include "http/message.hpp"
#include "http/scheduler.hpp"

namespace dgauth::http {

// Makes single attempts of requests, side by side, and decides nothing about further ones.
class Transport {
 public:
  using JobId = Scheduler::JobId;

  virtual ~Transport() = default;

  // Begins an attempt, which may take `timeout`. `request` stays where it is until the attempt has ended.
  virtual Result<void> begin(JobId job, const Request& request, std::chrono::milliseconds timeout) = 0;

  struct Ended {
    JobId job;
    tl::expected<Response, CurlFailure> result;
    std::string summary{};           // in words, for the trace
    bool is_to_be_repeated = false;  // at once, which is not a retry: the transport has found another way
  };
  // Sends and receives what can be without waiting.
  virtual void perform() = 0;
  // An attempt that has ended; nullopt if none has since the last perform().
  virtual std::optional<Ended> next_ended() = 0;
  // Waits until there is something to perform, for `longest` at most.
  virtual void wait(std::chrono::milliseconds longest) = 0;
};

}  // namespace dgauth::http
