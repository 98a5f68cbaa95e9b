// SPDX-License-Identifier: MIT
#include "deepgram/service_error.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <optional>
#include <string>

#include <fmt/format.h>

#include "base/text.hpp"
#include "deepgram/transcription_hint.hpp"
#include "http/url.hpp"

namespace dgauth::deepgram {
namespace {

// Codes whose meaning does not depend on the status, apart from 5xx. Source: docs/errors, and for the grant the first
// version of the specification.
struct CodeRow {
  std::string_view code;
  ErrorKind kind;
};

constexpr std::array code_rows = {
    CodeRow{"INVALID_AUTH", ErrorKind::refused},
    CodeRow{"FORBIDDEN", ErrorKind::forbidden},
    CodeRow{"INSUFFICIENT_PERMISSIONS", ErrorKind::forbidden},
    CodeRow{"UNAUTHORIZED_FEATURES_REQUESTED", ErrorKind::forbidden},
    CodeRow{"ASR_PAYMENT_REQUIRED", ErrorKind::payment},
    CodeRow{"TOO_MANY_REQUESTS", ErrorKind::rate_limit},
};

ErrorKind kind_of_status(int status) {
  switch (status) {
    case 401: return ErrorKind::refused;
    case 402: return ErrorKind::payment;
    case 403: return ErrorKind::forbidden;
    case 408: return ErrorKind::service;
    case 429: return ErrorKind::rate_limit;
    default: return status >= 400 && status < 500 ? ErrorKind::rejected : ErrorKind::service;
  }
}

std::string_view noun(CredentialKind kind) {
  switch (kind) {
    case CredentialKind::api_key: return "API key";
    case CredentialKind::access_token: return "access token";
    case CredentialKind::none: return "request without a credential";
  }
  return "credential";
}

// The role is to blame only where the service says FORBIDDEN: a 403 without words may come from anybody on the way.
bool is_role_too_low(ErrorKind error, const ErrorBody& body, const Inquiry& inquiry) {
  return error == ErrorKind::forbidden && body.code == "FORBIDDEN" && inquiry.purpose == Purpose::grant &&
         inquiry.kind == CredentialKind::api_key;
}

bool is_redirect(int status) { return status >= 300 && status < 400; }

// A gateway that cannot reach the service, or takes no more, also answers with a page, and there the status says more.
bool is_foreign_page(const http::Response& response) {
  constexpr std::array of_gateways = {408, 411, 413, 414, 415};
  constexpr int captive_portal = 511;  // Network Authentication Required (RFC 6585)
  return (response.status < 500 || response.status == captive_portal) && !is_redirect(response.status) &&
         is_html(response.body) && std::ranges::find(of_gateways, response.status) == of_gateways.end();
}

// Whether the path may be the mistake.
bool is_of_base_url(int status) { return status == 404 || status == 405; }

std::string what_happened(ErrorKind error, int status, CredentialKind kind) {
  switch (error) {
    case ErrorKind::refused: return fmt::format("the {} was refused", noun(kind));
    case ErrorKind::forbidden: return fmt::format("the {} is not allowed to do this", noun(kind));
    case ErrorKind::payment: return "the project has no credit left";
    case ErrorKind::rate_limit: return "too many requests";
    case ErrorKind::rejected: return "the server rejected the request";
    default: break;
  }
  if (is_redirect(status)) {
    return "the server sent a redirect, which dgauth never follows because it would expose the credential";
  }
  return status >= 400 ? "the server failed" : "the server's response makes no sense";
}

std::string when_to_try_again(const http::Response& response) {
  return response.retry_after > std::chrono::seconds(0) ? fmt::format("in {} s", response.retry_after->count())
                                                        : "later";
}

std::string what_to_do_about_refusal(const Inquiry& inquiry) {
  switch (inquiry.kind) {
    case CredentialKind::none: return "this server requires a credential: leave out --auth none";
    case CredentialKind::access_token:
      return "it may have expired: tokens are valid for 30 s by default; --auth grant gets a new one";
    case CredentialKind::api_key: break;
  }
  const std::string source =
      inquiry.source.empty() ? "" : fmt::format(" (it came from {})", source_in_words(inquiry.source));
  return fmt::format("check that the key is complete and has not been deleted{}", source);
}

std::string what_to_do(ErrorKind error, const http::Response& response, const Inquiry& inquiry) {
  if (is_redirect(response.status) || is_foreign_page(response)) {
    return std::string(hint_of_foreign_page);
  }
  const std::string of_base_url = inquiry.base_url.advice();
  switch (error) {
    case ErrorKind::refused: return what_to_do_about_refusal(inquiry);
    case ErrorKind::forbidden: return "use a key that has the missing scope";
    case ErrorKind::payment: return "add credit to the project in the Deepgram console";
    case ErrorKind::rate_limit:
      return fmt::format("try again {}, or send fewer requests at a time", when_to_try_again(response));
    case ErrorKind::rejected:
      return is_of_base_url(response.status) && !of_base_url.empty()
                 ? of_base_url
                 : "check the options of the command: --dry-run shows the request";
    default: break;
  }
  return "try again " + when_to_try_again(response);
}

// Some messages begin with the code, which is shown apart.
std::string_view without_code(std::string_view message, std::string_view code) {
  const bool begins_with_code =
      !code.empty() && message.starts_with(code) && message.substr(code.size()).starts_with(": ");
  const std::string_view rest = begins_with_code ? trim(message.substr(code.size() + 1)) : message;
  return rest.empty() ? message : rest;
}

// `some words; details`, as far as the body has them, or the address a redirect leads to.
std::string server_words(const http::Response& response, const ErrorBody& body, const Redactor& redactor) {
  if (is_redirect(response.status)) {
    return redactor.sanitized(http::shown_url(response.header("Location")));
  }
  std::string words(without_code(body.message, body.code));
  if (!body.details.empty()) {
    words += (words.empty() ? "" : " ") + body.details;
  }
  return redactor.sanitized(words);
}

}  // namespace

ErrorKind classify(int status, const ErrorBody& body) {
  if (status < 400 || status >= 500) {
    return kind_of_status(status);
  }
  const bool is_bad_credential = body.message == "Invalid credentials." || body.message == "Invalid credentials" ||
                                 (status == 403 && body.code == "UNAUTHORIZED");
  if (is_bad_credential) {
    return ErrorKind::refused;
  }
  const auto* const row = std::ranges::find(code_rows, body.code, &CodeRow::code);
  return row == code_rows.end() ? kind_of_status(status) : row->kind;
}

Error describe(const http::Response& response, const Inquiry& inquiry, const Redactor& redactor) {
  const ErrorBody body = response.is_truncated ? ErrorBody{} : decode_error_body(response.body);
  const ErrorKind error = classify(response.status, body);
  const std::string words = server_words(response, body, redactor);
  const std::string code = redactor.sanitized(body.code);
  const std::string request_id =
      redactor.shown_id(body.request_id.empty() ? response.header("dg-request-id") : body.request_id);
  const bool is_page = is_foreign_page(response);
  const std::string_view for_media = inquiry.purpose == Purpose::transcription && !is_page
                                         ? transcription_hint(response.status, body)
                                         : std::string_view();
  const bool needs_role = is_role_too_low(error, body, inquiry);
  const std::string what = needs_role ? "this API key cannot mint tokens: its role is below Member"
                           : is_page  ? "a web page came instead of Deepgram's response"
                                      : what_happened(error, response.status, inquiry.kind);
  const std::string attempts = response.attempts > 1 ? fmt::format(", after {} attempts", response.attempts) : "";
  return {.kind = error,
          .message =
              fmt::format("{}{}{} (HTTP {}{}{}{}{}{})", what, words.empty() ? "" : ": ", words, response.status,
                          code.empty() ? "" : " ", code, request_id.empty() ? "" : ", request ", request_id, attempts),
          .hint = needs_role ? "create one that can: Deepgram console > API Keys > Create Key > Advanced > role Member "
                               "or higher"
                  : for_media.empty() ? what_to_do(error, response, inquiry)
                                      : std::string(for_media),
          .http_status = response.status,
          .request_id = request_id};
}

}  // namespace dgauth::deepgram
