// SPDX-License-Identifier: MIT
#include "http/curl_client.hpp"

#include <utility>

#include <fmt/format.h>

#include "http/curl_transport.hpp"
#include "http/scheduled_client.hpp"

namespace dgauth::http {

Result<std::unique_ptr<Client>> make_curl_client(ClientSettings settings) {
  MultiHandle multi = make_multi();
  if (!multi) {
    return fail(ErrorKind::internal, "libcurl cannot be initialised");
  }
  if (!settings.trust_store.is_chosen()) {
    settings.trust_store = choose_store(system_store_places());
  }
  if (settings.trace) {
    settings.trace(fmt::format("trust store: {}", settings.trust_store.name()));
  }
  auto transport = make_curl_transport(settings, std::move(multi));
  return make_scheduled_client(std::move(settings), std::move(transport));
}

std::string curl_versions() {
  const curl_version_info_data* const info = curl_version_info(CURLVERSION_NOW);
  return fmt::format("libcurl {} (built with {}) {}", info->version, LIBCURL_VERSION,
                     info->ssl_version == nullptr ? "without TLS" : info->ssl_version);
}

}  // namespace dgauth::http
