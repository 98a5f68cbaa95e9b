// SPDX-License-Identifier: MIT
#include "http/response_head.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "http/websocket.hpp"

namespace dgauth::http {
namespace {

constexpr std::chrono::seconds longest_retry_after = std::chrono::hours(24);  // servers may ask for any number

template <typename T>
T info(CURL* handle, CURLINFO which) {
  T value{};
  return curl_easy_getinfo(handle, which, &value) == CURLE_OK ? value : T{};
}

std::string header_of(CURL* handle, const std::string& name, unsigned origin) {
  curl_header* found = nullptr;
  return curl_easy_header(handle, name.c_str(), 0, origin, -1, &found) == CURLHE_OK ? found->value : "";
}

std::optional<std::chrono::seconds> retry_after(CURL* handle) {
  const std::chrono::seconds asked(info<curl_off_t>(handle, CURLINFO_RETRY_AFTER));
  return asked.count() > 0 ? std::optional(std::min(asked, longest_retry_after)) : std::nullopt;
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

int status_of(CURL* handle) { return static_cast<int>(info<long>(handle, CURLINFO_RESPONSE_CODE)); }

void read_head(CURL* handle, const Request& request, bool has_switched, Response& response) {
  response.status = status_of(handle);
  const unsigned origin = has_switched ? CURLH_1XX : CURLH_HEADER;
  for (const std::string& name : request.wanted_headers) {
    response.headers[name] = header_of(handle, name, origin);
  }
  for (const char* name : {"Location", "Content-Type"}) {
    response.headers[name] = header_of(handle, name, origin);
  }
  response.retry_after = retry_after(handle);
  response.is_upgraded = has_switched && request.upgrade &&
                         header_of(handle, "Sec-WebSocket-Accept", origin) == websocket_accept(request.upgrade->key);
}

std::string summary_of(CURL* handle) {
  const char* const peer = info<char*>(handle, CURLINFO_PRIMARY_IP);
  return fmt::format("{} from {}, {} bytes sent, {} received, {} ms to connect, {} ms in all",
                     name_of_version(info<long>(handle, CURLINFO_HTTP_VERSION)), peer == nullptr ? "?" : peer,
                     info<curl_off_t>(handle, CURLINFO_SIZE_UPLOAD_T),
                     info<curl_off_t>(handle, CURLINFO_SIZE_DOWNLOAD_T),
                     info<curl_off_t>(handle, CURLINFO_PRETRANSFER_TIME_T) / 1000,
                     info<curl_off_t>(handle, CURLINFO_TOTAL_TIME_T) / 1000);
}

}  // namespace dgauth::http
