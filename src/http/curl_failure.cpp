// SPDX-License-Identifier: MIT
#include "http/curl_failure.hpp"

#include <array>
#include <string>

#include <fmt/format.h>

#include "base/text.hpp"
#include "host/process.hpp"

namespace dgauth::http {
namespace {

constexpr std::size_t longest_detail = 200;
constexpr int few_descriptors = 4;  // libcurl does not tell that it found none, and may have closed some since
constexpr std::string_view check_ca = "name the right CA with --cacert or SSL_CERT_FILE";
constexpr std::string_view check_network = "check the network, the proxy variables and --base-url";
constexpr std::string_view longer = "allow more time with --timeout";
constexpr std::string_view not_http = "check --base-url: the answer is no HTTP that can be understood";

struct Row {
  CURLcode code;
  AttemptOutcome end;
  ErrorKind kind;
  std::string_view message;
  bool has_detail;  // libcurl's own words say more, and hold nothing of ours but host, port and path
  std::string_view hint;
};

// clang-format off
constexpr std::array rows = {
  Row{CURLE_COULDNT_RESOLVE_HOST, AttemptOutcome::not_connected, ErrorKind::network, "the host name cannot be resolved", true, check_network},
  Row{CURLE_COULDNT_RESOLVE_PROXY, AttemptOutcome::not_connected, ErrorKind::network, "the proxy's name cannot be resolved", false, check_network},
  Row{CURLE_COULDNT_CONNECT, AttemptOutcome::not_connected, ErrorKind::network, "no connection", true, check_network},
  Row{CURLE_PROXY, AttemptOutcome::not_connected, ErrorKind::network, "no connection through the proxy", false, check_network},
  Row{CURLE_SSL_CONNECT_ERROR, AttemptOutcome::not_connected, ErrorKind::network, "the TLS handshake failed", true, check_network},
  Row{CURLE_PEER_FAILED_VERIFICATION, AttemptOutcome::permanent, ErrorKind::network, "the server's certificate is not trusted", true, check_ca},
  Row{CURLE_SSL_CACERT_BADFILE, AttemptOutcome::permanent, ErrorKind::config, "the CA certificates cannot be read", true, check_ca},
  Row{CURLE_SSL_ISSUER_ERROR, AttemptOutcome::permanent, ErrorKind::network, "the server's certificate is not trusted", true, check_ca},
  Row{CURLE_SSL_INVALIDCERTSTATUS, AttemptOutcome::permanent, ErrorKind::network, "the server's certificate is not trusted", true, check_ca},
  Row{CURLE_SSL_CIPHER, AttemptOutcome::permanent, ErrorKind::network, "the TLS handshake failed", true, check_network},
  Row{CURLE_SSL_CLIENTCERT, AttemptOutcome::permanent, ErrorKind::network, "the server asks for a client certificate", false, check_network},
  Row{CURLE_AUTH_ERROR, AttemptOutcome::permanent, ErrorKind::network, "the proxy does not accept the credential", false, check_network},
  Row{CURLE_LOGIN_DENIED, AttemptOutcome::permanent, ErrorKind::network, "the proxy does not accept the credential", false, check_network},
  Row{CURLE_GOT_NOTHING, AttemptOutcome::interrupted, ErrorKind::network, "the server closed the connection without an answer", false, ""},
  Row{CURLE_SEND_ERROR, AttemptOutcome::interrupted, ErrorKind::network, "the connection broke while sending", false, ""},
  Row{CURLE_SEND_FAIL_REWIND, AttemptOutcome::interrupted, ErrorKind::network, "the connection broke before there was an answer", false, ""},
  Row{CURLE_RECV_ERROR, AttemptOutcome::interrupted, ErrorKind::network, "the connection broke before the answer was whole", false, ""},
  Row{CURLE_PARTIAL_FILE, AttemptOutcome::interrupted, ErrorKind::network, "the connection broke before the answer was whole", false, ""},
  Row{CURLE_HTTP2, AttemptOutcome::interrupted, ErrorKind::network, "the HTTP/2 connection broke", false, ""},
  Row{CURLE_HTTP2_STREAM, AttemptOutcome::interrupted, ErrorKind::network, "the HTTP/2 connection broke", false, ""},
  Row{CURLE_WEIRD_SERVER_REPLY, AttemptOutcome::permanent, ErrorKind::service, "the answer is not HTTP", false, not_http},
  Row{CURLE_UNSUPPORTED_PROTOCOL, AttemptOutcome::permanent, ErrorKind::service, "the answer is not HTTP", false, not_http},
  Row{CURLE_BAD_CONTENT_ENCODING, AttemptOutcome::permanent, ErrorKind::service, "the answer is not HTTP", false, not_http},
};
// clang-format on

std::string detailed(std::string_view message, std::string_view detail) {
  const std::string safe = shortened(without_controls(trim(detail)), longest_detail);
  return safe.empty() ? std::string(message) : fmt::format("{}: {}", message, safe);
}

// libcurl's words on a proxy it cannot use repeat the whole variable, and so a password in it.
bool is_unusable_proxy(std::string_view detail) { return detail.starts_with("Unsupported proxy"); }

bool lacks_descriptors(const Row& row) {
  const bool opens_some = row.end == AttemptOutcome::not_connected || row.code == CURLE_SSL_CACERT_BADFILE;
  return opens_some && host::free_descriptors(few_descriptors) < few_descriptors;
}

CurlFailure timed_out(bool was_connected) {
  if (!was_connected) {
    return {AttemptOutcome::not_connected,
            {.kind = ErrorKind::network,
             .message = "no connection in time",
             .hint = "check the network, or allow more time with --connect-timeout and --timeout"}};
  }
  return {AttemptOutcome::interrupted,
          {.kind = ErrorKind::network, .message = "no whole answer in time", .hint = std::string(longer)}};
}

}  // namespace

CurlFacts facts_of(CURL* handle, CURLcode code, std::string_view detail) {
  CurlFacts facts{.code = code, .detail = detail};
  curl_off_t connected_after = 0;
  curl_easy_getinfo(handle, CURLINFO_PRETRANSFER_TIME_T, &connected_after);
  facts.was_connected = connected_after != 0;
  curl_easy_getinfo(handle, CURLINFO_HTTP_CONNECTCODE, &facts.proxy_status);
  return facts;
}

CurlFailure describe_failure(CurlFacts facts) {
  auto& [code, detail, was_connected, proxy_status] = facts;
  if (code == CURLE_OPERATION_TIMEDOUT) {
    return timed_out(was_connected);
  }
  if (is_unusable_proxy(detail)) {
    return {AttemptOutcome::permanent,
            {.kind = ErrorKind::network,
             .message = "the proxy that the environment names cannot be used",
             .hint = "check HTTPS_PROXY: http://host:port"}};
  }
  if (proxy_status != 0 && proxy_status / 100 != 2) {
    const std::string message = fmt::format("the proxy refused the connection with status {}", proxy_status);
    return {AttemptOutcome::permanent,
            {.kind = ErrorKind::network, .message = message, .hint = "check HTTPS_PROXY and what the proxy wants"}};
  }
  if (code == CURLE_RECV_ERROR && detail.ends_with("in chunked-encoding")) {
    code = CURLE_WEIRD_SERVER_REPLY;  // the connection did not break: what came is not HTTP
  }
  for (const Row& row : rows) {
    if (row.code == code && lacks_descriptors(row)) {
      return {AttemptOutcome::permanent,
              {.kind = ErrorKind::internal,
               .message = "too many files are open for another connection",
               .hint = "raise the limit with ulimit -n, or start fewer jobs"}};
    }
    if (row.code == code) {
      return {row.end,
              {.kind = row.kind,
               .message = detailed(row.message, row.has_detail ? detail : std::string_view()),
               .hint = std::string(row.hint)}};
    }
  }
  // What is not in the table cannot come of the network: a bug of ours.
  return {AttemptOutcome::permanent,
          {.kind = ErrorKind::internal,
           .message = fmt::format("the request failed in libcurl: {} ({})", lower_case(curl_easy_strerror(code)),
                                  static_cast<int>(code))}};
}

}  // namespace dgauth::http
