// SPDX-License-Identifier: MIT
#include "http/trust_store.hpp"

#include <filesystem>
#include <system_error>

#include <fmt/format.h>
#include <unistd.h>

#include "host/files.hpp"

namespace dgauth::http {
namespace {

constexpr std::size_t largest_bundle = 16 * 1024 * 1024;
constexpr std::chrono::seconds read_patience{10};

bool holds_certificates(const std::string& path) {
  const Result<host::FileContent> file = host::read_file(path, largest_bundle, read_patience, ErrorKind::config);
  return file && file->bytes.reveal().find("CERTIFICATE-----") != std::string_view::npos;
}

bool is_readable_folder(const std::string& path) {
  std::error_code ignored;
  return std::filesystem::is_directory(path, ignored) && ::access(path.c_str(), R_OK | X_OK) == 0;
}

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
    if (!holds_certificates(store.file)) {
      return fail(ErrorKind::usage,
                  fmt::format("--cacert: {} is no readable file of certificates in PEM", host::shown_path(store.file)));
    }
    return store;
  }
  TrustStore store{.file = std::string(environment.get("SSL_CERT_FILE")),
                   .folder = std::string(environment.get("SSL_CERT_DIR"))};
  if (!store.file.empty() && !holds_certificates(store.file)) {
    return fail(ErrorKind::config, fmt::format("SSL_CERT_FILE: {} is no readable file of certificates in PEM",
                                               host::shown_path(store.file)));
  }
  if (!store.folder.empty() && !is_readable_folder(store.folder)) {
    return fail(ErrorKind::config,
                fmt::format("SSL_CERT_DIR: {} is no readable folder", host::shown_path(store.folder)));
  }
  return store;
}

}  // namespace dgauth::http
