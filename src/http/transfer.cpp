// SPDX-License-Identifier: MIT
#include "http/transfer.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "http/url.hpp"

namespace dgauth::http {
namespace {

// At most this much of an answer's body is asked of the allocator at a time.
constexpr std::size_t body_reserve = 16 * 1024;

template <typename T>
T info(CURL* handle, CURLINFO which) {
  T value{};
  return curl_easy_getinfo(handle, which, &value) == CURLE_OK ? value : T{};
}

std::string header_of(CURL* handle, const std::string& name, unsigned origin) {
  curl_header* found = nullptr;
  return curl_easy_header(handle, name.c_str(), 0, origin, -1, &found) == CURLHE_OK ? found->value : "";
}

const char* name_of_version(long version) {
  switch (version) {
    case CURL_HTTP_VERSION_2_0: return "HTTP/2";
    case CURL_HTTP_VERSION_1_1: return "HTTP/1.1";
    case CURL_HTTP_VERSION_1_0: return "HTTP/1.0";
    default: return "HTTP";
  }
}

}  // namespace

Result<std::unique_ptr<Transfer>> Transfer::prepare(const Request& request, const ExchangeSettings& settings,
                                                    std::chrono::milliseconds patience) {
  std::unique_ptr<Transfer> transfer(new Transfer(request, settings));
  return transfer->set_options(settings, patience).map([&transfer] { return std::move(transfer); });
}

Transfer::Transfer(const Request& request, const ExchangeSettings& settings)
    : request_(request), handle_(curl_easy_init()) {
  response_.sent_at = settings.now();
  trust_store_name_ = settings.trust_store.name();
  response_.body.reserve(std::min(request.body_limit, body_reserve));
}

Result<void> Transfer::set_options(const ExchangeSettings& settings, std::chrono::milliseconds patience) {
  if (!handle_) {
    return fail(ErrorKind::internal, "libcurl has no memory left");
  }
  const std::optional<Url> url = parse_url(request_.url);
  if (!url) {
    return fail(ErrorKind::internal, "the URL of a request cannot be parsed");
  }
  Options options(handle_.get());
  options.set(CURLOPT_ERRORBUFFER, static_cast<void*>(error_text_.data()));
  options.set(CURLOPT_URL, request_.url.c_str());
  options.set(CURLOPT_PROTOCOLS_STR, url->scheme == "http" && is_loopback(*url) ? "http" : "https");
  options.set(CURLOPT_FOLLOWLOCATION, 0L);
  if (is_loopback(*url)) {
    options.set(CURLOPT_NOPROXY, "*");  // http_proxy would get to read the key
  }
  options.set(CURLOPT_TIMEOUT_MS, static_cast<long>(patience.count()));
  options.set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(std::min(patience, request_.patience.connect).count()));
  options.set(CURLOPT_QUICK_EXIT, 1L);  // else a resolver that never answers outlives every time-out
  options.set(CURLOPT_WRITEFUNCTION, &Transfer::receive);
  options.set(CURLOPT_WRITEDATA, static_cast<void*>(this));
  options.set(CURLOPT_HEADERFUNCTION, &Transfer::receive_header);
  options.set(CURLOPT_HEADERDATA, static_cast<void*>(this));
  const TrustStore& trust = settings.trust_store;
  for (const CURLoption option : {CURLOPT_CAINFO, CURLOPT_PROXY_CAINFO}) {
    options.set(option, trust.file.empty() ? nullptr : trust.file.c_str());
  }
  for (const CURLoption option : {CURLOPT_CAPATH, CURLOPT_PROXY_CAPATH}) {
    options.set(option, trust.folder.empty() ? nullptr : trust.folder.c_str());
  }
  options.set(CURLOPT_CUSTOMREQUEST, request_.method.c_str());
  if (request_.method != "GET") {
    options.set_large(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request_.body.size()));
    options.set(CURLOPT_POSTFIELDS, request_.body.c_str());  // not copied: the request outlives us
  }
  if (!set_headers(options)) {
    return fail(ErrorKind::internal, "libcurl has no memory left");
  }
  return options.result();
}

bool Transfer::set_headers(Options& options) {
  for (const auto& [name, value] : request_.headers) {
    if (!header_lines_.add(Secret({name, ": ", value}))) {
      return false;
    }
  }
  if (!request_.authorization.empty() && !header_lines_.add(Secret({"Authorization: ", request_.authorization}))) {
    return false;
  }
  if (request_.upgrade) {
    const WebSocketUpgrade& upgrade = *request_.upgrade;
    const std::array lines = {Secret("Connection: Upgrade"), Secret("Upgrade: websocket"),
                              Secret("Sec-WebSocket-Version: 13"), Secret({"Sec-WebSocket-Key: ", upgrade.key}),
                              Secret({"Sec-WebSocket-Protocol: ", upgrade.subprotocol})};
    if (!std::ranges::all_of(lines, [this](const Secret& line) { return header_lines_.add(line); })) {
      return false;
    }
    options.set(CURLOPT_HTTP_VERSION, long{CURL_HTTP_VERSION_1_1});  // HTTP/2 has no Upgrade
  }
  // libcurl would add these of its own accord.
  for (const std::string_view unwanted : {"Accept:", "Expect:"}) {
    if (!header_lines_.add(Secret(unwanted))) {
      return false;
    }
  }
  options.set(CURLOPT_HTTPHEADER, header_lines_.get());
  return true;
}

std::size_t Transfer::receive(char* bytes, std::size_t size, std::size_t count, void* self) noexcept {
  auto& transfer = *static_cast<Transfer*>(self);
  const std::size_t offered = size * count;
  try {
    const std::size_t room = transfer.request_.body_limit - transfer.response_.body.size();
    transfer.response_.body.append(bytes, std::min(offered, room));
    transfer.response_.is_cut = offered > room;
    return transfer.response_.is_cut ? CURL_WRITEFUNC_ERROR : offered;
  } catch (...) {  // no memory: nothing may be thrown through libcurl
    return CURL_WRITEFUNC_ERROR;
  }
}

std::size_t Transfer::receive_header(char* bytes, std::size_t size, std::size_t count, void* self) noexcept {
  const std::string_view line(bytes, size * count);
  auto& transfer = *static_cast<Transfer*>(self);
  bool& has_whole_head = transfer.has_whole_head_;
  if (line.starts_with("HTTP/")) {
    has_whole_head = false;  // the head before was that of a 1xx, or of a proxy's answer
  } else if (line == "\r\n" || line == "\n") {
    has_whole_head = true;  // what may come now are trailers
  }
  // libcurl takes a 101 for an announcement and waits for what never comes: the transfer ends here.
  transfer.has_switched_ =
      has_whole_head && transfer.request_.upgrade && info<long>(transfer.handle(), CURLINFO_RESPONSE_CODE) == 101;
  return transfer.has_switched_ ? 0 : size * count;
}

tl::expected<Response, CurlFailure> Transfer::finish(CURLcode code) {
  if (code == CURLE_OK && !has_whole_head_) {
    code = CURLE_RECV_ERROR;  // a connection that closes amid the headers is a success to libcurl
  }
  if (code == CURLE_SSL_CACERT_BADFILE) {
    return tl::unexpected(describe_failure(handle(), code, trust_store_name_));
  }
  if (code != CURLE_OK && !response_.is_cut && !has_switched_) {
    return tl::unexpected(describe_failure(handle(), code, error_text_.data()));
  }
  response_.status = static_cast<int>(info<long>(handle(), CURLINFO_RESPONSE_CODE));
  const unsigned origin = has_switched_ ? CURLH_1XX : CURLH_HEADER;
  for (const std::string& name : request_.wanted_headers) {
    response_.headers[name] = header_of(handle(), name, origin);
  }
  for (const char* name : {"Location", "Content-Type"}) {
    response_.headers[name] = header_of(handle(), name, origin);
  }
  return std::move(response_);
}

std::optional<std::chrono::seconds> Transfer::retry_after() const {
  const auto seconds = info<curl_off_t>(handle(), CURLINFO_RETRY_AFTER);
  return seconds > 0 ? std::optional(std::chrono::seconds(seconds)) : std::nullopt;
}

std::string Transfer::summary() const {
  const char* const peer = info<char*>(handle(), CURLINFO_PRIMARY_IP);
  return fmt::format("{} from {}, {} bytes sent, {} received, {} ms to connect, {} ms in all",
                     name_of_version(info<long>(handle(), CURLINFO_HTTP_VERSION)), peer == nullptr ? "?" : peer,
                     info<curl_off_t>(handle(), CURLINFO_SIZE_UPLOAD_T),
                     info<curl_off_t>(handle(), CURLINFO_SIZE_DOWNLOAD_T),
                     info<curl_off_t>(handle(), CURLINFO_PRETRANSFER_TIME_T) / 1000,
                     info<curl_off_t>(handle(), CURLINFO_TOTAL_TIME_T) / 1000);
}

}  // namespace dgauth::http
