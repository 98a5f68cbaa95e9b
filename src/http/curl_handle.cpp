// SPDX-License-Identifier: MIT
#include "http/curl_handle.hpp"

#include <cstring>
#include <new>

#include <fmt/format.h>
#ifdef DGAUTH_OWN_OPENSSL
#include <openssl/crypto.h>
#endif

#include "host/process.hpp"

namespace dgauth::http {

MultiHandle make_multi() {
  static const CURLcode initialised = [] {
#ifdef DGAUTH_OWN_OPENSSL
    // Before anything else uses OpenSSL. The process ends soon: taking OpenSSL apart first would be a twentieth of a
    // grant's work.
    OPENSSL_init_crypto(OPENSSL_INIT_NO_ATEXIT, nullptr);
#endif
    // libcurl would write what opens the TLS connections to a file that others may read. It looks here and never again.
    const host::HiddenVariable no_key_log("SSLKEYLOGFILE");
    return curl_global_init(CURL_GLOBAL_DEFAULT);
  }();
  return MultiHandle(initialised == CURLE_OK ? curl_multi_init() : nullptr);
}

HeaderLines::~HeaderLines() {
  for (const curl_slist* line = lines_; line != nullptr; line = line->next) {
    wipe(line->data, std::strlen(line->data));
  }
  curl_slist_free_all(lines_);
}

bool HeaderLines::add(const Secret& line) {
  curl_slist* const longer = curl_slist_append(lines_, line.reveal().data());
  if (longer == nullptr) {
    return false;
  }
  lines_ = longer;
  return true;
}

Result<void> Options::result() const {
  if (failure_ == CURLE_OK) {
    return {};
  }
  if (failure_ == CURLE_OUT_OF_MEMORY) {
    throw std::bad_alloc();
  }
  return fail(ErrorKind::internal, fmt::format("libcurl does not take option {}: {}", static_cast<int>(failed_option_),
                                               curl_easy_strerror(failure_)));
}

}  // namespace dgauth::http
