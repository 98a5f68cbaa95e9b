// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "host/environment.hpp"

namespace dgauth::http {

// Which certificate authorities vouch for a server. All empty: nobody has chosen, the system's are meant.
struct TrustStore {
  std::string file;       // a bundle in PEM, which is read whole
  std::string directory;  // certificates under the hashes of their names, as `openssl rehash` makes it, read on demand;
                          // perhaps several, with colons between them
  std::string reserve;    // a bundle to read as well when the directory does not vouch for a server
  // What the bundle (`file` or `reserve`) holds where it can be read only once, and not by its name: a pipe, /dev/fd/3.
  std::shared_ptr<const std::string> bytes{};
  bool is_of_flag = false;      // --cacert has named it: that it cannot be used is wrong usage
  std::string_view variable{};  // what has named it: SSL_CERT_FILE, SSL_CERT_DIR, or both with "and" between them

  bool is_chosen() const { return !file.empty() || !directory.empty(); }
  void add_reserve();
  // For -v and errors.
  std::string name() const;
  // The kind of the error that it cannot be used.
  ErrorKind blame() const { return is_of_flag ? ErrorKind::usage : ErrorKind::config; }

  bool operator==(const TrustStore&) const = default;
};

// A directory and a bundle that hold the same authorities; either may be empty, or not there.
struct StorePlace {
  std::string directory;
  std::string bundle;
};

// `cacert` (may be empty), else SSL_CERT_FILE and SSL_CERT_DIR, else the system's; the first replaces what comes after.
// A file that cannot be read before `timeout` or is no bundle, no directory that is there, something under a hashed
// name in SSL_CERT_DIR that is no file and could be waited for: usage for `cacert`, config for a variable. A pipe is
// read whole, up to 4 MiB.
Result<TrustStore> find_trust_store(std::string_view cacert, const host::Environment& environment,
                                    std::chrono::milliseconds timeout = std::chrono::seconds(10));

// The store at the first of `places` that has one: the directory if its names are hashed, with the bundle in reserve,
// for to parse a whole bundle is nine tenths of a short program's work; else the bundle. So what is trusted in the end
// is what either of them holds, which is libcurl's own rule, be they in step or not. Nothing chosen if no place has
// any.
TrustStore choose_store(std::span<const StorePlace> places);

// That no server can be verified: there is no trust store. ErrorKind::network, as that of any other verification.
Error no_certificates();

// Where this system keeps its authorities: where libcurl was built to look, then the usual places.
std::vector<StorePlace> system_store_places();

}  // namespace dgauth::http
