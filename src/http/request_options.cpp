// SPDX-License-Identifier: MIT
#include "http/request_options.hpp"

#include <algorithm>
#include <new>
#include <vector>

#include "http/url.hpp"

namespace dgauth::http {
namespace {

// In bytes, sixteen times libcurl's own: what goes to a sink may be long, and fewer system calls are a tenth of its
// cost. Only what an answer fills takes memory.
constexpr long streaming_buffer = 256L * 1024;

// http only to this machine, and there without a proxy, which could read the key.
void set_destination(Options& options, const Request& request, const Url& url) {
  options.set(CURLOPT_URL, request.url.c_str());
  options.set(CURLOPT_PROTOCOLS_STR, url.scheme == "http" && is_loopback(url) ? "http" : "https");
  options.set(CURLOPT_FOLLOWLOCATION, 0L);
  if (is_loopback(url)) {
    options.set(CURLOPT_NOPROXY, "*");
  }
}

void set_limits(Options& options, const Request& request, std::chrono::milliseconds timeout) {
  options.set(CURLOPT_TIMEOUT_MS, static_cast<long>(timeout.count()));
  options.set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(std::min(timeout, request.limits.connect).count()));
  // A transcription may be silent for longer than what is on the way remembers a connection.
  options.set(CURLOPT_TCP_KEEPALIVE, 1L);
  options.set(CURLOPT_QUICK_EXIT, 1L);  // else a resolver that never answers outlives every timeout
}

void set_trust(Options& options, const TrustStore& trust) {
  const bool has_bytes = !trust.file.empty() && trust.bytes;
  for (const CURLoption option : {CURLOPT_CAINFO, CURLOPT_PROXY_CAINFO}) {
    options.set(option, trust.file.empty() || has_bytes ? nullptr : trust.file.c_str());
  }
  if (has_bytes) {
    // Not copied: the store outlives the transfer.
    curl_blob blob{
        .data = const_cast<char*>(trust.bytes->data()), .len = trust.bytes->size(), .flags = CURL_BLOB_NOCOPY};
    options.set(CURLOPT_CAINFO_BLOB, static_cast<void*>(&blob));
    options.set(CURLOPT_PROXY_CAINFO_BLOB, static_cast<void*>(&blob));
  }
  for (const CURLoption option : {CURLOPT_CAPATH, CURLOPT_PROXY_CAPATH}) {
    options.set(option, trust.directory.empty() ? nullptr : trust.directory.c_str());
  }
}

std::vector<Secret> header_lines(const Request& request) {
  std::vector<Secret> lines;
  for (const auto& [name, value] : request.headers) {
    lines.push_back(Secret({name, ": ", value}));
  }
  if (!request.authorization.empty()) {
    lines.push_back(Secret({"Authorization: ", request.authorization}));
  }
  if (request.upgrade) {
    lines.emplace_back("Connection: Upgrade");
    lines.emplace_back("Upgrade: websocket");
    lines.emplace_back("Sec-WebSocket-Version: 13");
    lines.push_back(Secret({"Sec-WebSocket-Key: ", request.upgrade->key}));
    lines.push_back(Secret({"Sec-WebSocket-Protocol: ", request.upgrade->subprotocol}));
  }
  // libcurl would add these of its own accord.
  lines.emplace_back("Accept:");
  lines.emplace_back("Expect:");
  return lines;
}

}  // namespace

Result<void> set_request_options(Options& options, HeaderLines& lines, const Request& request, const TrustStore& trust,
                                 std::chrono::milliseconds timeout) {
  const std::optional<Url> url = parse_url(request.url);
  if (!url) {
    return fail(ErrorKind::internal, "the URL of a request cannot be parsed");
  }
  if (!std::ranges::all_of(header_lines(request), [&lines](const Secret& line) { return lines.add(line); })) {
    throw std::bad_alloc();
  }
  set_destination(options, request, *url);
  set_limits(options, request, timeout);
  set_trust(options, trust);
  // HTTP/2 has no Upgrade. And a server that ends a connection of it turns requests away that are under way, which may
  // not be sent again where they could have been billed; in HTTP/1.1 it says so in its last answer.
  if (request.upgrade || request.retry_policy == RetryPolicy::unless_billed) {
    options.set(CURLOPT_HTTP_VERSION, long{CURL_HTTP_VERSION_1_1});
  }
  if (request.sink.wants) {
    options.set(CURLOPT_BUFFERSIZE, streaming_buffer);
  }
  options.set(CURLOPT_CUSTOMREQUEST, request.method.c_str());
  options.set(CURLOPT_HTTPHEADER, lines.get());
  return {};
}

}  // namespace dgauth::http
