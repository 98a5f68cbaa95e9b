// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "host/environment.hpp"

namespace dgauth::http {

// Which certificate authorities vouch for a server. Both empty: libcurl's built-in choice, the system's.
struct TrustStore {
  std::string file;    // a bundle in PEM
  std::string folder;  // certificates under the hashes of their names, as `openssl rehash` makes it

  // For -v.
  std::string name() const;
};

// `cacert` (may be empty), else SSL_CERT_FILE and SSL_CERT_DIR, else the system's; the first replaces what comes after.
// A file that cannot be read, or a folder that is not there: usage for `cacert`, config for a variable.
Result<TrustStore> find_trust_store(std::string_view cacert, const host::Environment& environment);

}  // namespace dgauth::http
