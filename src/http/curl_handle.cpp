// SPDX-License-Identifier: MIT
#include "http/curl_handle.hpp"

#include <atomic>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <new>

#include <fmt/format.h>
#ifdef DGAUTH_OWN_OPENSSL
#include <openssl/crypto.h>
#endif

#include "host/process.hpp"

namespace dgauth::http {

namespace {

std::atomic<bool> has_failed = false;

void* noted(void* block) {
  if (block == nullptr) {
    has_failed = true;
  }
  return block;
}

// The allocator of the libraries: the usual one, with a note of what it could not give.
void* allocate(std::size_t size) { return noted(std::malloc(size)); }
void* allocate_zeros(std::size_t count, std::size_t size) { return noted(std::calloc(count, size)); }
char* allocate_copy(const char* text) { return static_cast<char*>(noted(::strdup(text))); }
void* reallocate(void* block, std::size_t size) {
  void* const moved = std::realloc(block, size);
  return size == 0 ? moved : noted(moved);
}

#ifdef DGAUTH_OWN_OPENSSL
// OpenSSL 3.0 takes a lock that there was no memory for, and crashes. The terminate handler says what was wrong.
void* allocate_or_end(std::size_t size) {
  void* const block = size == 0 ? nullptr : allocate(size);
  if (size != 0 && block == nullptr) {
    std::terminate();
  }
  return block;
}
#endif

}  // namespace

bool has_lacked_memory() { return has_failed; }

MultiHandle make_multi() {
  static const CURLcode initialised = [] {
#ifdef DGAUTH_OWN_OPENSSL
    CRYPTO_set_mem_functions([](std::size_t size, const char*, int) { return allocate_or_end(size); },
                             [](void* block, std::size_t size, const char*, int) { return reallocate(block, size); },
                             [](void* block, const char*, int) { std::free(block); });
    // Before anything else uses OpenSSL. The process ends soon: taking OpenSSL apart first would be a twentieth of a
    // grant's work.
    OPENSSL_init_crypto(OPENSSL_INIT_NO_ATEXIT, nullptr);
#endif
    // libcurl would write what opens the TLS connections to a file that others may read. It looks here and never again.
    const host::HiddenVariable no_key_log("SSLKEYLOGFILE");
    return curl_global_init_mem(CURL_GLOBAL_DEFAULT, allocate, std::free, reallocate, allocate_copy, allocate_zeros);
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
