// SPDX-License-Identifier: MIT
#include "deepgram/probe.hpp"

#include <array>

#include <fmt/format.h>

#include "deepgram/replies.hpp"
#include "deepgram/requests.hpp"
#include "deepgram/service_error.hpp"
#include "http/websocket.hpp"
#include "json/reader.hpp"

namespace dgauth::deepgram {
namespace {

// clang-format off
constexpr std::array<Probe, 8> probes = {{
    {"grant", "mint temporary tokens", Proof::token, "POST", "/v1/auth/grant", "", R"({"ttl_seconds":1})"},
    {"listen", "transcribe", Proof::validation_error, "POST", "/v1/listen", "?model=nova-3", R"({"url":""})"},
    {"speak", "synthesise speech", Proof::validation_error, "POST", "/v1/speak", "?model=aura-2-thalia-en", R"({"text":""})"},
    {"read", "analyse text", Proof::validation_error, "POST", "/v1/read", "?language=en&summarize=v2", "{}"},
    {"listen-ws", "transcribe a stream", Proof::handshake, "GET", "/v1/listen", "?model=nova-3", ""},
    {"speak-ws", "synthesise a stream", Proof::handshake, "GET", "/v1/speak", "?model=aura-2-thalia-en", ""},
    {"agent-ws", "talk to an agent", Proof::handshake, "GET", "/v1/agent/converse", "", ""},
    {"manage", "list projects", Proof::projects, "GET", "/v1/projects", "", ""},
}};
// clang-format on

// The global API has the agent on a host of its own; regions and other bases serve it themselves (docs, regional
// endpoints).
std::string url_of(const Probe& probe, const BaseUrl& base_url) {
  const bool is_global_agent = probe.name == "agent-ws" && base_url == BaseUrl();
  const std::string url =
      is_global_agent ? "https://agent.deepgram.com" + std::string(probe.path) : base_url.endpoint(probe.path);
  return url + std::string(probe.query);
}

bool shows_acceptance(const Probe& probe, const http::Response& answer) {
  if (answer.is_truncated) {
    return false;
  }
  switch (probe.proof) {
    case Proof::token: return answer.status == 200 && decode_grant_reply(answer.body).has_value();
    case Proof::projects: {
      const auto document = json::Document::parse(answer.body);
      return answer.status == 200 && document && document->root().member("projects").is_array();
    }
    case Proof::handshake: return answer.is_upgraded;
    case Proof::validation_error: return false;
  }
  return false;
}

ErrorKind kind_of(const http::Response& answer) {
  return classify(answer.status, answer.is_truncated ? ErrorBody{} : decode_error_body(answer.body));
}

// What `answer` says about the credential: that it is bad, or may not do this, or has no credit. Nothing if it says
// nothing about it: a web page, for one, comes from somebody on the way.
std::optional<ErrorKind> refusal_in(const http::Response& answer) {
  const ErrorKind kind = kind_of(answer);
  const bool is_refusal = kind == ErrorKind::refused || kind == ErrorKind::forbidden || kind == ErrorKind::payment;
  const bool has_status =
      (answer.status >= 401 && answer.status <= 403) || (answer.status == 400 && kind == ErrorKind::refused);
  return is_refusal && has_status && !is_html(answer.body) ? std::optional(kind) : std::nullopt;
}

// The server's own words on an answer, or what its shape says.
std::string detail_of(const http::Response& answer, const Redactor& redactor) {
  const ErrorBody body = answer.is_truncated ? ErrorBody{} : decode_error_body(answer.body);
  const std::string message = body.message.empty() ? std::string(answer.header("dg-error")) : body.message;
  std::string words = body.code;
  words += (words.empty() || message.empty() ? "" : ": ") + message;
  words += (words.empty() || body.details.empty() ? "" : " ") + body.details;
  return redactor.sanitized(words);
}

ProbeResult result_of(const Probe& probe, const http::Response& answer, const Redactor& redactor) {
  const ErrorBody body = answer.is_truncated ? ErrorBody{} : decode_error_body(answer.body);
  const std::string_view id = body.request_id.empty() ? answer.header("dg-request-id") : body.request_id;
  return {.name = probe.name,
          .verdict = Verdict::unknown,
          .http_status = answer.status,
          .detail = detail_of(answer, redactor),
          .request_id = redactor.sanitized(id),
          .elapsed = answer.elapsed,
          .is_credential_refused = false};
}

std::string why_unknown(const Probe& probe, const http::Response& answer, const std::string& words) {
  if (answer.status == 101) {
    return "the server's Sec-WebSocket-Accept is wrong";
  }
  if (is_html(answer.body)) {
    return "the answer is a web page: a proxy may be answering";
  }
  if (answer.status / 100 == 2) {
    return "the answer proves nothing: it is none that the service gives";
  }
  if (answer.status == 404 && probe.proof == Proof::projects) {
    return "not found: regional hosts do not serve the management API";
  }
  if (!words.empty()) {
    return words;
  }
  if (answer.status == 429) {
    return "too many requests (HTTP 429)";
  }
  const std::string_view what = answer.status >= 500       ? "the server failed"
                                : answer.status / 100 == 3 ? "the server redirects"
                                                           : "the answer proves nothing";
  return fmt::format("{} (HTTP {})", what, answer.status);
}

}  // namespace

std::span<const Probe> all_probes() { return probes; }

http::Request probe_request(const Probe& probe, const BaseUrl& base_url) {
  http::Request request = empty_request(probe.method, url_of(probe, base_url));
  request.wanted_headers.emplace_back("dg-error");
  if (probe.proof == Proof::handshake) {
    request.upgrade = {.key = http::make_websocket_key(), .subprotocol = {}};
    return request;
  }
  if (!probe.body.empty()) {
    request.headers.push_back({"Content-Type", "application/json"});
    request.body = probe.body;
  }
  return request;
}

std::string_view name_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::pass: return "pass";
    case Verdict::fail: return "fail";
    case Verdict::unknown: return "unknown";
    case Verdict::skipped: return "skipped";
  }
  return "unknown";
}

std::optional<ProbeResult> judge(const Probe& probe, const Result<http::Response>& answer, const Redactor& redactor) {
  if (!answer) {
    return ProbeResult{.name = probe.name, .verdict = Verdict::unknown, .detail = answer.error().message};
  }
  ProbeResult result = result_of(probe, *answer, redactor);
  if (shows_acceptance(probe, *answer)) {
    result.verdict = Verdict::pass;
    result.detail = fmt::format("may {}", probe.right);
    return result;
  }
  if (const std::optional<ErrorKind> refusal = refusal_in(*answer)) {
    result.verdict = Verdict::fail;
    result.is_credential_refused = *refusal == ErrorKind::refused;
    return result;
  }
  const bool may_be_settled = probe.proof == Proof::validation_error || probe.proof == Proof::handshake;
  if (answer->status == 400 && may_be_settled) {
    return std::nullopt;
  }
  result.detail = why_unknown(probe, *answer, result.detail);
  return result;
}

ProbeResult judge_with_control(const Probe& probe, const http::Response& answer, const Result<http::Response>& control,
                               const Redactor& redactor) {
  ProbeResult result = result_of(probe, answer, redactor);
  if (control) {
    result.elapsed += control->elapsed;
  }
  if (!control) {
    result.detail = "a 400 proves nothing by itself, and the control had no answer: " + control.error().message;
  } else if (refusal_in(*control) == ErrorKind::refused) {
    result.verdict = Verdict::pass;
    result.detail = fmt::format("may {}", probe.right);
  } else {
    result.detail = fmt::format("a 400 proves nothing by itself, and a bogus key gets {} too",
                                control->status == 400 ? std::string("one") : fmt::format("HTTP {}", control->status));
  }
  return result;
}

}  // namespace dgauth::deepgram
