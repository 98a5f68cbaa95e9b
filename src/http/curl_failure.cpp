// SPDX-License-Identifier: MIT
#include "http/curl_failure.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "base/text.hpp"
#include "host/process.hpp"
#include "http/url.hpp"

namespace dgauth::http {
namespace {

constexpr std::size_t longest_detail = 200;
constexpr int few_descriptors = 4;  // libcurl does not tell that it found none, and may have closed some since
constexpr std::string_view check_ca =
    "if a company proxy inspects TLS, pass its CA file with --cacert or SSL_CERT_FILE";
constexpr std::string_view check_tls =
    "something that does not speak TLS, or a firewall, may be answering: check the base URL and the proxy (-v shows "
    "more)";
constexpr std::string_view check_cut = "try again; a proxy or firewall may be closing connections";
constexpr std::string_view not_http =
    "something other than Deepgram may be answering: check the base URL (-v shows it) and the proxy";

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
  Row{CURLE_SSL_CONNECT_ERROR, AttemptOutcome::not_connected, ErrorKind::network, "the TLS handshake failed", true, check_tls},
  Row{CURLE_PEER_FAILED_VERIFICATION, AttemptOutcome::permanent, ErrorKind::network, "the server's certificate is not trusted", true, check_ca},
  Row{CURLE_SSL_CACERT_BADFILE, AttemptOutcome::permanent, ErrorKind::config, "the CA certificates cannot be read", true, "pass a file of CA certificates in PEM with --cacert or SSL_CERT_FILE"},
  Row{CURLE_SSL_ISSUER_ERROR, AttemptOutcome::permanent, ErrorKind::network, "the server's certificate is not trusted", true, check_ca},
  Row{CURLE_SSL_INVALIDCERTSTATUS, AttemptOutcome::permanent, ErrorKind::network, "the server's certificate is not trusted", true, check_ca},
  Row{CURLE_SSL_CIPHER, AttemptOutcome::permanent, ErrorKind::network, "the TLS handshake failed", true, check_tls},
  Row{CURLE_SSL_CLIENTCERT, AttemptOutcome::permanent, ErrorKind::network, "the server requires a client certificate, which dgauth cannot send", false, "check whether a proxy in between asks for it (-v shows the base URL)"},
  Row{CURLE_GOT_NOTHING, AttemptOutcome::interrupted, ErrorKind::network, "the server closed the connection without a response", false, check_cut},
  Row{CURLE_SEND_ERROR, AttemptOutcome::interrupted, ErrorKind::network, "the connection was closed while the request was being sent", false, check_cut},
  Row{CURLE_SEND_FAIL_REWIND, AttemptOutcome::interrupted, ErrorKind::network, "the connection was closed before there was a response", false, check_cut},
  Row{CURLE_RECV_ERROR, AttemptOutcome::interrupted, ErrorKind::network, "the connection was closed before the response was complete", false, check_cut},
  Row{CURLE_PARTIAL_FILE, AttemptOutcome::interrupted, ErrorKind::network, "the connection was closed before the response was complete", false, check_cut},
  Row{CURLE_HTTP2, AttemptOutcome::interrupted, ErrorKind::network, "the HTTP/2 connection failed", false, check_cut},
  Row{CURLE_HTTP2_STREAM, AttemptOutcome::interrupted, ErrorKind::network, "the HTTP/2 connection failed", false, check_cut},
  Row{CURLE_WEIRD_SERVER_REPLY, AttemptOutcome::permanent, ErrorKind::service, "the response is not valid HTTP", false, not_http},
  Row{CURLE_UNSUPPORTED_PROTOCOL, AttemptOutcome::permanent, ErrorKind::service, "the response is not valid HTTP", false, not_http},
  Row{CURLE_BAD_CONTENT_ENCODING, AttemptOutcome::permanent, ErrorKind::service, "the response is not valid HTTP", false, not_http},
};
// clang-format on

std::string detailed(std::string_view message, std::string_view detail) {
  const std::string safe = shortened(without_controls(trim(detail)), longest_detail);
  return safe.empty() ? std::string(message) : fmt::format("{}: {}", message, safe);
}

// libcurl's words on a proxy it cannot use repeat the whole variable, and so a password in it.
bool is_unusable_proxy(std::string_view detail) { return detail.starts_with("Unsupported proxy"); }

CurlFailure network_failure(AttemptOutcome end, std::string message, std::string hint) {
  return {end, {.kind = ErrorKind::network, .message = std::move(message), .hint = std::move(hint)}};
}

std::string harmless(std::string_view words) { return shortened(without_controls(words), longest_detail); }

std::string name_of(const Route& route) { return route.host.empty() ? "the server" : harmless(route.host); }

std::string name_with_port(const Route& route) {
  return route.port.empty() ? name_of(route) : fmt::format("{}:{}", name_of(route), route.port);
}

// "HTTPS_PROXY", or how it is usually called.
std::string variable_of(const Route& route) { return route.proxy ? route.proxy->variable : "HTTPS_PROXY"; }

std::string name_of_proxy(const Route& route) {
  return route.proxy ? fmt::format("the proxy {} (from {})", harmless(route.proxy->address), route.proxy->variable)
                     : "the proxy";
}

// Whether libcurl's words "Failed to connect to HOST port PORT" are about a proxy.
bool names_proxy(std::string_view detail, const Route& route) {
  constexpr std::string_view beginning = "Failed to connect to ";
  const std::size_t end = detail.find(" port ");
  if (!route.proxy || !detail.starts_with(beginning) || end == std::string_view::npos) {
    return false;
  }
  const std::string_view host = detail.substr(beginning.size(), end - beginning.size());
  return !equal_ignoring_case(host, route.host) && route.proxy->address.find(host) != std::string::npos;
}

CurlFailure not_connected(const Route& route, std::string_view detail) {
  if (names_proxy(detail, route)) {
    return network_failure(AttemptOutcome::not_connected, "cannot connect to " + name_of_proxy(route),
                           fmt::format("check {}, or unset it if no proxy is needed", variable_of(route)));
  }
  return network_failure(AttemptOutcome::not_connected, "cannot connect to " + name_with_port(route),
                         route.is_loopback ? "check that a server is listening there"
                                           : "check the network; if it needs a proxy, set HTTPS_PROXY");
}

CurlFailure refused_by_proxy(const Route& route, long status) {
  const bool wants_login = status == 407;
  return network_failure(
      AttemptOutcome::permanent,
      fmt::format("{} {} (HTTP {})", name_of_proxy(route),
                  wants_login ? "requires a user name and password" : "refused the connection", status),
      wants_login ? fmt::format("set {} to http://USER:PASSWORD@HOST:PORT", variable_of(route))
                  : fmt::format("the proxy must allow connections to {}: ask who runs it", name_with_port(route)));
}

bool lacks_descriptors(CURLcode code, AttemptOutcome end) {
  const bool opens_some = end == AttemptOutcome::not_connected || code == CURLE_SSL_CACERT_BADFILE;
  return opens_some && host::free_descriptors(few_descriptors) < few_descriptors;
}

CurlFailure timed_out(const CurlFacts& facts) {
  if (facts.was_connected) {
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(facts.timeout).count();
    const std::string after = seconds > 0 ? fmt::format(" after {} s", seconds) : "";
    return network_failure(AttemptOutcome::interrupted,
                           fmt::format("timed out{} waiting for a complete response", after), "raise --timeout");
  }
  const Route& route = facts.route;
  if (facts.detail.starts_with("Resolving timed out")) {
    return network_failure(AttemptOutcome::not_connected, "timed out while resolving " + name_of(route),
                           "check the network, or raise --connect-timeout and --timeout");
  }
  const std::string and_proxy = route.proxy ? fmt::format(" and {}", name_of_proxy(route)) : "";
  return network_failure(AttemptOutcome::not_connected, "timed out while connecting to " + name_with_port(route),
                         fmt::format("check the network{}, or raise --connect-timeout and --timeout", and_proxy));
}

// Who has set the variable is not to be told to set it.
std::string hint_of_trust_store(std::string_view variable, std::string_view usual) {
  if (variable.empty()) {
    return std::string(usual);
  }
  const std::string_view what_to_do = variable == "SSL_CERT_FILE"  ? "unset it, or name the right file"
                                      : variable == "SSL_CERT_DIR" ? "unset it, or name the right directory"
                                                                   : "unset them, or name the right ones";
  return fmt::format("the trusted certificates come from {}: {}", variable, what_to_do);
}

// What to do about a certificate is in libcurl's words of it.
std::string hint_of_certificate(std::string_view detail, std::string usual) {
  if (detail.find("subject name") != std::string_view::npos) {
    return "the certificate is that of another host: a login page of the network may be answering, or the base URL is "
           "wrong (-v shows it)";
  }
  if (detail.find("expired") != std::string_view::npos || detail.find("not yet valid") != std::string_view::npos) {
    return "check this machine's clock; if it is right, the server needs a new certificate";
  }
  return usual;
}

// nullopt: libcurl's code is in the table.
std::optional<CurlFailure> failure_of_route(const CurlFacts& facts) {
  const Route& route = facts.route;
  if (is_unusable_proxy(facts.detail)) {
    return network_failure(AttemptOutcome::permanent, fmt::format("the proxy in {} cannot be used", variable_of(route)),
                           fmt::format("set {} to http://HOST:PORT", variable_of(route)));
  }
  if (facts.proxy_status != 0 && facts.proxy_status / 100 != 2) {
    return refused_by_proxy(route, facts.proxy_status);
  }
  switch (facts.code) {
    case CURLE_OPERATION_TIMEDOUT: return timed_out(facts);
    case CURLE_COULDNT_RESOLVE_HOST:
      return network_failure(AttemptOutcome::not_connected, "cannot resolve " + name_of(route),
                             "check the host name, and that this machine is connected to a network");
    case CURLE_COULDNT_RESOLVE_PROXY:
      return network_failure(AttemptOutcome::not_connected, "cannot resolve " + name_of_proxy(route),
                             fmt::format("check {}, or unset it if no proxy is needed", variable_of(route)));
    case CURLE_COULDNT_CONNECT: return not_connected(route, facts.detail);
    case CURLE_PROXY:
      return network_failure(AttemptOutcome::not_connected,
                             fmt::format("cannot connect through {}", name_of_proxy(route)),
                             fmt::format("check {}, or unset it if no proxy is needed", variable_of(route)));
    case CURLE_AUTH_ERROR:
    case CURLE_LOGIN_DENIED:
      return network_failure(AttemptOutcome::permanent,
                             fmt::format("{} does not accept the user name and password", name_of_proxy(route)),
                             fmt::format("set {} to http://USER:PASSWORD@HOST:PORT", variable_of(route)));
    default: return std::nullopt;
  }
}

// What else a failure that never got as far as a connection may come from.
std::optional<CurlFailure> failure_of_descriptors(CURLcode code, AttemptOutcome end) {
  if (code == CURLE_OPERATION_TIMEDOUT || !lacks_descriptors(code, end)) {
    return std::nullopt;
  }
  return CurlFailure{AttemptOutcome::permanent,
                     {.kind = ErrorKind::internal,
                      .message = "too many files are open for another connection",
                      .hint = "raise the limit with ulimit -n, or use fewer --jobs"}};
}

}  // namespace

Route route_of(std::string_view url, const std::optional<ProxySetting>& proxy) {
  const std::optional<Url> parsed = parse_url(url);
  if (!parsed) {
    return {};
  }
  Route route{.host = parsed->host, .port = parsed->port, .is_loopback = is_loopback(*parsed)};
  if (route.port.empty()) {
    route.port = parsed->scheme == "http" ? "80" : "443";
  }
  if (!route.is_loopback) {
    route.proxy = proxy;
  }
  return route;
}

CurlFacts facts_of(CURL* handle, CURLcode code, std::string_view detail) {
  CurlFacts facts{.code = code, .detail = detail};
  curl_off_t connected_after = 0;
  curl_easy_getinfo(handle, CURLINFO_PRETRANSFER_TIME_T, &connected_after);
  facts.was_connected = connected_after != 0;
  curl_easy_getinfo(handle, CURLINFO_HTTP_CONNECTCODE, &facts.proxy_status);
  return facts;
}

CurlFailure describe_failure(CurlFacts facts) {
  if (std::optional<CurlFailure> failure = failure_of_route(facts)) {
    return failure_of_descriptors(facts.code, failure->end).value_or(std::move(*failure));
  }
  auto& [code, detail, was_connected, proxy_status, route, timeout, trust_variable] = facts;
  if (code == CURLE_RECV_ERROR && detail.ends_with("in chunked-encoding")) {
    code = CURLE_WEIRD_SERVER_REPLY;  // the connection did not break: what came is not HTTP
  }
  const auto* const row = std::ranges::find(rows, code, &Row::code);
  if (row == rows.end()) {
    // What is not in the table cannot come of the network: a bug of ours.
    return {AttemptOutcome::permanent,
            {.kind = ErrorKind::internal,
             .message = fmt::format("the request failed in libcurl: {} ({})", lower_case(curl_easy_strerror(code)),
                                    static_cast<int>(code))}};
  }
  if (std::optional<CurlFailure> failure = failure_of_descriptors(code, row->end)) {
    return std::move(*failure);
  }
  const bool is_of_trust_store = row->hint == check_ca || code == CURLE_SSL_CACERT_BADFILE;
  std::string hint = is_of_trust_store ? hint_of_trust_store(trust_variable, row->hint) : std::string(row->hint);
  if (code == CURLE_PEER_FAILED_VERIFICATION) {
    hint = hint_of_certificate(detail, std::move(hint));
  }
  return {row->end,
          {.kind = row->kind,
           .message = detailed(row->message, row->has_detail ? detail : std::string_view()),
           .hint = std::move(hint)}};
}

}  // namespace dgauth::http
