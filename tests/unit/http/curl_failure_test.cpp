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
  const CurlFailure failure = describe_failure({.code = CURLE_SSL_CONNECT_ERROR, .detail = detail});
  CHECK(failure.error.message.find('\x1B') == std::string::npos);
  CHECK(failure.error.message.find('\n') == std::string::npos);
  CHECK(failure.error.message.find('\r') == std::string::npos);
  CHECK(failure.error.message.find("b.example") != std::string::npos);
  CHECK(failure.error.message.size() < 600);
}

TEST_CASE("http::describe_failure names the server, and the time limit") {
  const Route route = route_of("https://api.example/v1/listen?model=x", std::nullopt);
  const auto message_of = [&route](CURLcode code, std::string_view detail = {}, bool was_connected = false) {
    return describe_failure({.code = code,
                             .detail = detail,
                             .was_connected = was_connected,
                             .route = route,
                             .timeout = std::chrono::milliseconds(900)})
        .error.message;
  };
  CHECK(message_of(CURLE_COULDNT_RESOLVE_HOST) == "cannot resolve api.example");
  CHECK(message_of(CURLE_COULDNT_CONNECT, "Failed to connect to api.example port 443 after 3 ms: x") ==
        "cannot connect to api.example:443");
  CHECK(message_of(CURLE_OPERATION_TIMEDOUT) == "timed out while connecting to api.example:443");
  CHECK(message_of(CURLE_OPERATION_TIMEDOUT, "Resolving timed out after 1 ms") ==
        "timed out while resolving api.example");
  CHECK(message_of(CURLE_OPERATION_TIMEDOUT, "", true) == "timed out after 1 s waiting for a complete response");
}

TEST_CASE("http::describe_failure tells a proxy from the server, and names the variable, but no password") {
  const ProxySetting proxy{.address = "127.0.0.1:9", .variable = "https_proxy"};
  const Route route = route_of("https://api.example", proxy);
  const auto described = [&route](CURLcode code, std::string_view detail = {}, long proxy_status = 0) {
    return describe_failure({.code = code, .detail = detail, .proxy_status = proxy_status, .route = route}).error;
  };
  const Error refused = described(CURLE_COULDNT_CONNECT, "Failed to connect to 127.0.0.1 port 9 after 0 ms: refused");
  CHECK(refused.message == "cannot connect to the proxy 127.0.0.1:9 (from https_proxy)");
  CHECK(refused.hint == "check https_proxy, or unset it if no proxy is needed");
  CHECK(described(CURLE_COULDNT_CONNECT, "Failed to connect to api.example port 443 after 0 ms: refused").message ==
        "cannot connect to api.example:443");
  CHECK(described(CURLE_COULDNT_RESOLVE_PROXY).message == "cannot resolve the proxy 127.0.0.1:9 (from https_proxy)");
  CHECK(described(CURLE_PROXY).message == "cannot connect through the proxy 127.0.0.1:9 (from https_proxy)");
  const Error login = described(CURLE_RECV_ERROR, "", 407);
  CHECK(login.message == "the proxy 127.0.0.1:9 (from https_proxy) requires a user name and password (HTTP 407)");
  CHECK(login.hint == "set https_proxy to http://USER:PASSWORD@HOST:PORT");
  const Error forbidden = described(CURLE_RECV_ERROR, "", 403);
  CHECK(forbidden.message == "the proxy 127.0.0.1:9 (from https_proxy) refused the connection (HTTP 403)");
  CHECK(forbidden.hint == "the proxy must allow connections to api.example:443: ask who runs it");
  CHECK(described(CURLE_COULDNT_CONNECT, "Unsupported proxy syntax in 'ftp://u:secret@h'").message ==
        "the proxy in https_proxy cannot be used");
  CHECK(described(CURLE_OPERATION_TIMEDOUT).hint ==
        "check the network and the proxy 127.0.0.1:9 (from https_proxy), or raise --connect-timeout and --timeout");
  CHECK_FALSE(route_of("http://localhost:8080", proxy).proxy.has_value());
}

TEST_CASE("http::describe_failure: what a certificate that is not trusted may come from") {
  const auto hint_for = [](std::string_view detail) {
    return describe_failure({.code = CURLE_PEER_FAILED_VERIFICATION, .detail = detail}).error.hint;
  };
  CHECK(hint_for("SSL certificate problem: unable to get local issuer certificate").starts_with("if a company proxy"));
  CHECK(hint_for("SSL: no alternative certificate subject name matches target host name 'x'").find("another host") !=
        std::string::npos);
  CHECK(hint_for("SSL certificate problem: certificate has expired").starts_with("check this machine's clock"));
}

TEST_CASE("http::describe_failure: a variable that names the wrong certificates is what to change") {
  const auto hint_for = [](CURLcode code, std::string_view variable, std::string_view detail = {}) {
    return describe_failure({.code = code, .detail = detail, .trust_variable = variable}).error.hint;
  };
  CHECK(hint_for(CURLE_PEER_FAILED_VERIFICATION, "SSL_CERT_FILE") ==
        "the trusted certificates come from SSL_CERT_FILE: unset it, or name the right file");
  CHECK(hint_for(CURLE_PEER_FAILED_VERIFICATION, "SSL_CERT_DIR") ==
        "the trusted certificates come from SSL_CERT_DIR: unset it, or name the right directory");
  CHECK(hint_for(CURLE_PEER_FAILED_VERIFICATION, "SSL_CERT_FILE and SSL_CERT_DIR")
            .ends_with("unset them, or name the right ones"));
  CHECK(hint_for(CURLE_SSL_CACERT_BADFILE, "SSL_CERT_FILE").ends_with("name the right file"));
  CHECK(hint_for(CURLE_PEER_FAILED_VERIFICATION, "SSL_CERT_FILE", "certificate has expired").find("clock") !=
        std::string::npos);
  CHECK(hint_for(CURLE_SSL_CONNECT_ERROR, "SSL_CERT_FILE").find("SSL_CERT_FILE") == std::string::npos);
}

}  // namespace dgauth::http
