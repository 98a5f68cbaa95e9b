// SPDX-License-Identifier: MIT
#pragma once

#include <memory>

#include <curl/curl.h>

#include "base/result.hpp"
#include "base/secret.hpp"

// Owners of libcurl's objects, without policy.
namespace dgauth::http {

struct EasyCleanup {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
using EasyHandle = std::unique_ptr<CURL, EasyCleanup>;

struct MultiCleanup {
  void operator()(CURLM* handle) const { curl_multi_cleanup(handle); }
};
using MultiHandle = std::unique_ptr<CURLM, MultiCleanup>;

// Initialises libcurl the first time. Null when that fails, or memory has run out.
MultiHandle make_multi();

// Whether libcurl, or the OpenSSL of the release, has ever asked for memory in vain. What failed since then may have
// failed for that, whatever it says.
bool has_lacked_memory();

// A list of header lines, some of them secret: libcurl's copies of the lines are wiped before they are freed.
class HeaderLines {
 public:
  HeaderLines() = default;
  HeaderLines(const HeaderLines&) = delete;
  HeaderLines& operator=(const HeaderLines&) = delete;
  ~HeaderLines();

  // False when memory has run out.
  bool add(const Secret& line);
  curl_slist* get() const { return lines_; }

 private:
  curl_slist* lines_ = nullptr;
};

// Sets options on an easy handle and remembers the first that libcurl did not take.
class Options {
 public:
  explicit Options(CURL* handle) : handle_(handle) {}

  void set(CURLoption option, long value) { apply(option, value); }
  void set(CURLoption option, const char* value) { apply(option, value); }
  void set(CURLoption option, void* value) { apply(option, value); }
  void set(CURLoption option, curl_slist* value) { apply(option, value); }
  void set(CURLoption option, size_t (*callback)(char*, size_t, size_t, void*)) { apply(option, callback); }
  void set(CURLoption option, int (*callback)(void*, char*, char*, int, int)) { apply(option, callback); }
  void set(CURLoption option, double value) = delete;  // would be taken for a long, silently
  void set_large(CURLoption option, curl_off_t value) { apply(option, value); }

  Result<void> result() const;

 private:
  template <typename T>
  void apply(CURLoption option, T value) {
    const CURLcode code = curl_easy_setopt(handle_, option, value);
    if (failure_ == CURLE_OK && code != CURLE_OK) {
      failure_ = code;
      failed_option_ = option;
    }
  }

  CURL* handle_;
  CURLcode failure_ = CURLE_OK;
  CURLoption failed_option_ = CURLOPT_LASTENTRY;
};

}  // namespace dgauth::http
