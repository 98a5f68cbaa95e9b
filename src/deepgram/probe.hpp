// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "deepgram/base_url.hpp"
#include "deepgram/redactor.hpp"
#include "http/message.hpp"

// What a credential may do, found out by requests that cost nothing: their query is valid, their body is not usable, so
// nothing is transcribed, synthesised or billed.
namespace dgauth::deepgram {

// How the answer to a probe shows that the credential is accepted.
enum class Proof {
  token,             // 200 with an access token
  projects,          // 200 with a list of projects
  validation_error,  // 400 about the body, where a bogus key is refused: then authentication came first
  handshake,         // 101 with the right Sec-WebSocket-Accept
};

struct Probe {
  std::string_view name;
  std::string_view right;  // what a pass shows, in words
  Proof proof;
  std::string_view method;
  std::string_view path;
  std::string_view query;
  std::string_view body;
};

// grant, listen, speak, read, listen-ws, speak-ws, agent-ws, manage.
std::span<const Probe> all_probes();

// The request of `probe`, without a credential.
http::Request probe_request(const Probe& probe, const BaseUrl& base_url);

enum class Verdict {
  pass,     // the credential may
  fail,     // the server said that it may not
  unknown,  // the answer, or its absence, proves nothing
  skipped,  // not asked
};

std::string_view name_of(Verdict verdict);

struct ProbeResult {
  std::string_view name;
  Verdict verdict = Verdict::skipped;
  std::optional<int> http_status{};
  std::string detail{};      // why; may be shown
  std::string request_id{};  // may be shown; empty: none known
  std::chrono::milliseconds elapsed{};
  bool is_credential_refused = false;  // fail because the credential itself is bad

  bool operator==(const ProbeResult&) const = default;
};

// What the answer to the request of a probe shows. Nothing if only a control can tell: the same request with a bogus
// key.
std::optional<ProbeResult> judge(const Probe& probe, const Result<http::Response>& answer, const Redactor& redactor);

// The same, once the answer to the control is there.
ProbeResult judge_with_control(const Probe& probe, const http::Response& answer, const Result<http::Response>& control,
                               const Redactor& redactor);

}  // namespace dgauth::deepgram
