// SPDX-License-Identifier: MIT
#include "http/curl_failure.hpp"

#include "support/http_printing.hpp"

namespace dgauth::http {
namespace {

struct Row {
  CURLcode code;
  AttemptOutcome end;
  ErrorKind kind;
};

// Nothing was sent, no proxy was asked.
constexpr Row rows[] = {
    {CURLE_COULDNT_RESOLVE_HOST, AttemptOutcome::not_connected, ErrorKind::network},
    {CURLE_COULDNT_RESOLVE_PROXY, AttemptOutcome::not_connected, ErrorKind::network},
    {CURLE_COULDNT_CONNECT, AttemptOutcome::not_connected, ErrorKind::network},
    {CURLE_SSL_CONNECT_ERROR, AttemptOutcome::not_connected, ErrorKind::network},
    {CURLE_OPERATION_TIMEDOUT, AttemptOutcome::not_connected, ErrorKind::network},
    {CURLE_PEER_FAILED_VERIFICATION, AttemptOutcome::permanent, ErrorKind::network},
    {CURLE_GOT_NOTHING, AttemptOutcome::interrupted, ErrorKind::network},
    {CURLE_SEND_ERROR, AttemptOutcome::interrupted, ErrorKind::network},
    {CURLE_RECV_ERROR, AttemptOutcome::interrupted, ErrorKind::network},
    {CURLE_PARTIAL_FILE, AttemptOutcome::interrupted, ErrorKind::network},
    {CURLE_HTTP2, AttemptOutcome::interrupted, ErrorKind::network},
    {CURLE_HTTP2_STREAM, AttemptOutcome::interrupted, ErrorKind::network},
    {CURLE_WEIRD_SERVER_REPLY, AttemptOutcome::permanent, ErrorKind::service},
    {CURLE_UNSUPPORTED_PROTOCOL, AttemptOutcome::permanent, ErrorKind::service},  // HTTP/0.9
    {CURLE_SSL_CLIENTCERT, AttemptOutcome::permanent, ErrorKind::network},
    // Bugs of ours, and no memory: not worth a later try.
    {CURLE_OUT_OF_MEMORY, AttemptOutcome::permanent, ErrorKind::internal},
    {CURLE_FAILED_INIT, AttemptOutcome::permanent, ErrorKind::internal},
    {CURLE_URL_MALFORMAT, AttemptOutcome::permanent, ErrorKind::internal},
    {CURLE_ABORTED_BY_CALLBACK, AttemptOutcome::permanent, ErrorKind::internal},
    {CURLE_BAD_FUNCTION_ARGUMENT, AttemptOutcome::permanent, ErrorKind::internal},
};

}  // namespace

TEST_CASE("http::describe_failure decides whether a try may be repeated, and the kind") {
  for (const Row& row : rows) {
    CAPTURE(static_cast<int>(row.code));
    const CurlFailure failure = describe_failure({.code = row.code});
    CHECK(failure.end == row.end);
    CHECK(failure.error.kind == row.kind);
  }
}

TEST_CASE("http::describe_failure has words for every code of libcurl, each one line") {
  for (int code = 1; code < CURL_LAST; ++code) {
    CAPTURE(code);
    const CurlFailure failure = describe_failure({.code = static_cast<CURLcode>(code)});
    CHECK(failure.end != AttemptOutcome::answered);
    CHECK_FALSE(failure.error.message.empty());
    CHECK(failure.error.message.find('\n') == std::string::npos);
    CHECK_FALSE(failure.error.message.ends_with('.'));
    CHECK(failure.error.http_status == std::nullopt);
    CHECK(failure.error.request_id.empty());
  }
}

TEST_CASE("http::describe_failure never calls a failed verification worth a repeat, promise 12") {
  for (const CURLcode code : {CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR,
                              CURLE_SSL_INVALIDCERTSTATUS, CURLE_SSL_PINNEDPUBKEYNOTMATCH, CURLE_SSL_CERTPROBLEM}) {
    CAPTURE(static_cast<int>(code));
    CHECK(describe_failure({.code = code}).end == AttemptOutcome::permanent);
  }
}

TEST_CASE("http::describe_failure makes libcurl's words harmless, promise 18") {
  const std::string detail = "Could not resolve host: a\x1B[31m\nb.example\r\n" + std::string(5000, 'x');
  const CurlFailure failure = describe_failure({.code = CURLE_COULDNT_RESOLVE_HOST, .detail = detail});
  CHECK(failure.error.message.find('\x1B') == std::string::npos);
  CHECK(failure.error.message.find('\n') == std::string::npos);
  CHECK(failure.error.message.find('\r') == std::string::npos);
  CHECK(failure.error.message.find("b.example") != std::string::npos);
  CHECK(failure.error.message.size() < 600);
}

}  // namespace dgauth::http
