// SPDX-License-Identifier: MIT
#include "http/trust_store.hpp"

#include <fmt/format.h>
#include <unistd.h>

namespace dgauth::http {
namespace {

bool is_readable(const std::string& path) { return ::access(path.c_str(), R_OK) == 0; }

}  // namespace

std::string TrustStore::name() const {
  if (file.empty() && folder.empty()) {
    return "the system's";
  }
  return fmt::format("{}{}{}", file, file.empty() || folder.empty() ? "" : " and ", folder);
}

Result<TrustStore> find_trust_store(std::string_view cacert, const host::Environment& environment) {
  if (!cacert.empty()) {
    TrustStore store{.file = std::string(cacert), .folder = {}};
    if (!is_readable(store.file)) {
      return fail(ErrorKind::usage, fmt::format("--cacert: cannot read {}", store.file));
    }
    return store;
  }
  TrustStore store{.file = std::string(environment.get("SSL_CERT_FILE")),
                   .folder = std::string(environment.get("SSL_CERT_DIR"))};
  if (!store.file.empty() && !is_readable(store.file)) {
    return fail(ErrorKind::config, fmt::format("SSL_CERT_FILE: cannot read {}", store.file));
  }
  if (!store.folder.empty() && !is_readable(store.folder)) {
    return fail(ErrorKind::config, fmt::format("SSL_CERT_DIR: cannot read {}", store.folder));
  }
  return store;
}

}  // namespace dgauth::http
