// SPDX-License-Identifier: MIT
#include "deepgram/probe_result.hpp"

#include <utility>

#include <fmt/format.h>

#include "deepgram/replies.hpp"
#include "json/reader.hpp"

namespace dgauth::deepgram {
namespace {

// A response, decoded once.
struct Answer {
  int status = 0;
  ErrorBody body;  // what is cut off says nothing
  ErrorKind kind = ErrorKind::service;
  bool is_web_page = false;  // so it comes from somebody on the way
};

Answer read_answer(const http::Response& response) {
  Answer answer{.status = response.status,
                .body = response.is_truncated ? ErrorBody{} : decode_error_body(response.body),
                .is_web_page = is_html(response.body)};
  answer.kind = classify(answer.status, answer.body);
  return answer;
}

bool has_projects(std::string_view body) {
  const auto document = json::Document::parse(body);
  return document && document->root().member("projects").is_array();
}

bool shows_acceptance(Proof proof, const http::Response& response) {
  if (response.is_truncated) {
    return false;
  }
  switch (proof) {
    case Proof::token: return response.status == 200 && decode_grant_reply(response.body).has_value();
    case Proof::projects: return response.status == 200 && has_projects(response.body);
    case Proof::handshake: return response.is_upgraded;
    case Proof::validation_error: return false;
  }
  return false;
}

// Whether the answer says that the credential is bad, or may not do this, or has no credit.
bool is_refusal(const Answer& answer) {
  const bool has_kind =
      answer.kind == ErrorKind::refused || answer.kind == ErrorKind::forbidden || answer.kind == ErrorKind::payment;
  const bool has_status =
      (answer.status >= 401 && answer.status <= 403) || (answer.status == 400 && answer.kind == ErrorKind::refused);
  return has_kind && has_status && !answer.is_web_page;
}

bool is_credential_refused(const Answer& answer) { return is_refusal(answer) && answer.kind == ErrorKind::refused; }

// The server's own words; empty if there are none.
std::string server_words(const Answer& answer, std::string_view dg_error, const Redactor& redactor) {
  const ErrorBody& body = answer.body;
  const std::string message = body.message.empty() ? std::string(dg_error) : body.message;
  std::string words = body.code;
  words += (words.empty() || message.empty() ? "" : ": ") + message;
  words += (words.empty() || body.details.empty() ? "" : " ") + body.details;
  return redactor.sanitized(words);
}

std::string why_unknown(Proof proof, const Answer& answer, const std::string& words) {
  if (answer.status == 101) {
    return "the server's Sec-WebSocket-Accept is wrong";
  }
  if (answer.is_web_page) {
    return "the response is a web page: a proxy or a login page may be answering";
  }
  if (answer.status / 100 == 2) {
    return "inconclusive: unexpected response";
  }
  if (answer.status == 404 && proof == Proof::projects) {
    return "not found: regional hosts do not have the management API";
  }
  if (!words.empty()) {
    return words;
  }
  if (answer.status == 429) {
    return "too many requests (HTTP 429)";
  }
  const std::string_view what = answer.status >= 500       ? "the server failed"
                                : answer.status / 100 == 3 ? "the server sent a redirect"
                                                           : "inconclusive";
  return fmt::format("{} (HTTP {})", what, answer.status);
}

void set_passed(ProbeResult& result) {
  result.verdict = Verdict::pass;
  result.detail = fmt::format("can {}", probe_of(result.probe).right);
}

}  // namespace

std::string_view name_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::pass: return "pass";
    case Verdict::fail: return "fail";
    case Verdict::unknown: return "unknown";
    case Verdict::skipped: return "skipped";
  }
  return "unknown";
}

Judgement judge(const Probe& probe, const Result<http::Response>& response, const Inquiry& inquiry,
                const Redactor& redactor) {
  if (!response) {
    return {.result = {.probe = probe.id,
                       .verdict = Verdict::unknown,
                       .detail = response.error().message,
                       .advice = response.error().hint}};
  }
  const Answer answer = read_answer(*response);
  const std::string_view request_id =
      answer.body.request_id.empty() ? response->header("dg-request-id") : answer.body.request_id;
  ProbeResult result{.probe = probe.id,
                     .verdict = Verdict::unknown,
                     .http_status = answer.status,
                     .request_id = redactor.shown_id(request_id),
                     .elapsed = response->elapsed};
  if (shows_acceptance(probe.proof, *response)) {
    set_passed(result);
    return {.result = std::move(result)};
  }
  result.detail = server_words(answer, response->header("dg-error"), redactor);
  if (is_refusal(answer)) {
    result.verdict = Verdict::fail;
    result.is_credential_refused = is_credential_refused(answer);
    result.advice = describe(*response, inquiry, redactor).hint;
    return {.result = std::move(result)};
  }
  const bool may_be_settled = probe.proof == Proof::validation_error || probe.proof == Proof::handshake;
  if (answer.status == 400 && may_be_settled) {
    return {.result = std::move(result), .needs_control = true};
  }
  result.detail = why_unknown(probe.proof, answer, result.detail);
  if (answer.kind == ErrorKind::service || answer.kind == ErrorKind::rate_limit || answer.is_web_page) {
    result.advice = describe(*response, inquiry, redactor).hint;
  }
  return {.result = std::move(result)};
}

ProbeResult judge_with_control(ProbeResult undecided, const Result<http::Response>& control) {
  if (!control) {
    undecided.detail = "inconclusive: the same request with an invalid key got no response: " + control.error().message;
    return undecided;
  }
  undecided.elapsed += control->elapsed;
  if (is_credential_refused(read_answer(*control))) {
    set_passed(undecided);
    return undecided;
  }
  undecided.detail = fmt::format("inconclusive: an invalid key gets {}",
                                 control->status == 400 ? "the same 400" : fmt::format("HTTP {}", control->status));
  return undecided;
}

}  // namespace dgauth::deepgram
