// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "deepgram/probe.hpp"
#include "deepgram/redactor.hpp"
#include "deepgram/service_error.hpp"
#include "http/message.hpp"

namespace dgauth::deepgram {

enum class Verdict : std::uint8_t {
  pass,     // the credential may
  fail,     // the server said that it may not
  unknown,  // the response, or its absence, proves nothing
  skipped,  // not asked
};

std::string_view name_of(Verdict verdict);

// Whether it tells what the credential may do: pass or fail.
constexpr bool is_decided(Verdict verdict) { return verdict == Verdict::pass || verdict == Verdict::fail; }

struct ProbeResult {
  ProbeId probe{};
  Verdict verdict = Verdict::skipped;
  std::optional<int> http_status{};
  std::string detail{};      // why; may be shown
  std::string advice{};      // what to do about it, in our own words; empty of what passed
  std::string request_id{};  // may be shown; empty: none known
  std::chrono::milliseconds elapsed{};
  bool is_credential_refused = false;  // fail because the credential itself is bad

  bool operator==(const ProbeResult&) const = default;
};

struct Judgement {
  ProbeResult result;
  bool needs_control = false;  // `result` is unknown, and only the same request with a bogus key can tell
};

// What the response to the request of `probe` shows. What is told of it is the server's words as `redactor` leaves
// them. Without a response the verdict is unknown. `inquiry` is what the advice depends on.
Judgement judge(const Probe& probe, const Result<http::Response>& response, const Inquiry& inquiry,
                const Redactor& redactor);

// The result once the response to the control is there; `undecided` is what judge() made of the probe's own.
ProbeResult judge_with_control(ProbeResult undecided, const Result<http::Response>& control);

}  // namespace dgauth::deepgram
