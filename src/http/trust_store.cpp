// SPDX-License-Identifier: MIT
#include "http/trust_store.hpp"

#include <algorithm>
#include <filesystem>
#include <memory>
#include <system_error>
#include <utility>

#include <dirent.h>
#include <fmt/format.h>
#include <unistd.h>

#include "base/shown.hpp"
#include "host/files.hpp"
#include "host/open_path.hpp"
#include "http/curl_handle.hpp"

namespace dgauth::http {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t looked_at = 64 * 1024;
constexpr std::size_t largest_bundle = 4 * 1024 * 1024;
constexpr std::size_t hash_digits = 8;

// libcurl opens a regular file by its name. A pipe or a descriptor can be read once only, so it is read here.
bool is_read_by_libcurl(const std::string& path) {
  std::error_code ignored;
  return !host::descriptor_named(path) && fs::is_regular_file(path, ignored);
}

// Whether `store.file` holds certificates; its bytes are kept if need be. A file that only begins with other text,
// however much of it, gets the benefit of the doubt.
bool take_bundle(TrustStore& store, std::chrono::milliseconds timeout) {
  const bool keeps_bytes = !is_read_by_libcurl(store.file);
  const Result<host::FileContent> file =
      host::read_file(store.file, keeps_bytes ? largest_bundle : looked_at, timeout, ErrorKind::config);
  if (!file || (keeps_bytes && !file->is_whole)) {
    return false;
  }
  const std::string_view bytes = file->bytes.reveal();
  if (keeps_bytes) {
    store.bytes = std::make_shared<const std::string>(bytes);
  }
  return !file->is_whole || bytes.find("CERTIFICATE-----") != std::string_view::npos;
}

bool is_readable_file(const std::string& path) {
  std::error_code ignored;
  return fs::is_regular_file(path, ignored) && ::access(path.c_str(), R_OK) == 0;
}

bool is_readable_directory(const std::string& path) {
  std::error_code ignored;
  return fs::is_directory(path, ignored) && ::access(path.c_str(), R_OK | X_OK) == 0;
}

// SSL_CERT_DIR may hold several, with colons between them, as OpenSSL has it.
std::vector<std::string> directories_in(std::string_view list) {
  std::vector<std::string> directories;
  while (!list.empty()) {
    const std::size_t end = std::min(list.find(':'), list.size());
    directories.emplace_back(list.substr(0, end));
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return directories;
}

// 5ad8a5d6.0, for example; 5ad8a5d6.r0 would be a list of revoked certificates.
bool is_hashed_name(std::string_view name) {
  const std::string_view number = name.substr(std::min(name.size(), hash_digits + 1));
  return name.find_first_not_of("0123456789abcdef") == hash_digits && name[hash_digits] == '.' && !number.empty() &&
         number.find_first_not_of("0123456789") == std::string_view::npos;
}

// One such name that leads to a file is enough: for what the directory lacks there is the reserve.
bool has_hashed_names(const std::string& directory) {
  std::error_code failed;
  for (fs::directory_iterator entry(directory, failed); !failed && entry != fs::directory_iterator();
       entry.increment(failed)) {
    std::error_code leads_nowhere;
    if (is_hashed_name(entry->path().filename().native()) && entry->is_regular_file(leads_nowhere)) {
      return true;
    }
  }
  return false;
}

// OpenSSL would open it, and wait for somebody to write to it. Only what needs no further look at each of hundreds of
// names: not where a link leads.
bool has_hashed_pipe(const std::string& directory) {
  const std::unique_ptr<DIR, decltype([](DIR* open) { ::closedir(open); })> entries(::opendir(directory.c_str()));
  while (const dirent* const entry = entries ? ::readdir(entries.get()) : nullptr) {
    if ((entry->d_type == DT_FIFO || entry->d_type == DT_CHR) && is_hashed_name(entry->d_name)) {
      return true;
    }
  }
  return false;
}

std::string built_in_path(const EasyHandle& handle, CURLINFO which) {
  const char* path = nullptr;
  return handle && curl_easy_getinfo(handle.get(), which, &path) == CURLE_OK && path != nullptr ? path : "";
}

}  // namespace

void TrustStore::add_reserve() {
  if (!reserve.empty()) {
    file = std::exchange(reserve, {});
  }
}

std::string TrustStore::name() const {
  if (!is_chosen()) {
    return "none found";
  }
  if (!reserve.empty()) {
    return fmt::format("{}, in reserve {}", directory, reserve);
  }
  return fmt::format("{}{}{}", directory, file.empty() || directory.empty() ? "" : " and ", file);
}

Result<TrustStore> find_trust_store(std::string_view cacert, const host::Environment& environment,
                                    std::chrono::milliseconds timeout) {
  if (!cacert.empty()) {
    TrustStore store{.file = std::string(cacert), .directory = {}, .reserve = {}, .is_of_flag = true};
    if (!take_bundle(store, timeout)) {
      return fail(ErrorKind::usage,
                  fmt::format("--cacert: cannot read PEM certificates from {}", shown_path(store.file)));
    }
    return store;
  }
  TrustStore store{.file = std::string(environment.get("SSL_CERT_FILE")),
                   .directory = std::string(environment.get("SSL_CERT_DIR")),
                   .reserve = {}};
  if (!store.file.empty()) {
    store.variable = store.directory.empty() ? "SSL_CERT_FILE" : "SSL_CERT_FILE and SSL_CERT_DIR";
  } else if (!store.directory.empty()) {
    store.variable = "SSL_CERT_DIR";
  }
  if (!store.file.empty() && !take_bundle(store, timeout)) {
    return fail(ErrorKind::config,
                fmt::format("SSL_CERT_FILE: cannot read PEM certificates from {}", shown_path(store.file)));
  }
  const std::vector<std::string> directories = directories_in(store.directory);
  if (!store.directory.empty() && std::ranges::none_of(directories, is_readable_directory)) {
    return fail(ErrorKind::config,
                fmt::format("SSL_CERT_DIR: {} is not a readable directory", shown_path(store.directory)));
  }
  for (const std::string& directory : directories) {
    if (has_hashed_pipe(directory)) {
      return fail(ErrorKind::config,
                  fmt::format("SSL_CERT_DIR: {} contains a hashed name that is not a file", directory));
    }
  }
  if (!store.file.empty() && std::ranges::any_of(directories, has_hashed_names)) {
    store.reserve = std::exchange(store.file, {});
  }
  return store;
}

TrustStore choose_store(std::span<const StorePlace> places) {
  for (const auto& [directory, bundle] : places) {
    const bool has_bundle = is_readable_file(bundle);
    if (has_hashed_names(directory)) {
      return {.file = {}, .directory = directory, .reserve = has_bundle ? bundle : std::string()};
    }
    if (has_bundle) {
      return {.file = bundle, .directory = {}, .reserve = {}};
    }
  }
  return {};
}

Error no_certificates() {
  return {.kind = ErrorKind::network,
          .message = "no CA certificates were found on this machine",
          .hint = "install the package ca-certificates, or name a CA file with --cacert"};
}

std::vector<StorePlace> system_store_places() {
  const EasyHandle handle(curl_easy_init());
  return {
      {.directory = built_in_path(handle, CURLINFO_CAPATH), .bundle = built_in_path(handle, CURLINFO_CAINFO)},
      {.directory = "/etc/ssl/certs", .bundle = "/etc/ssl/certs/ca-certificates.crt"},  // Debian, Arch, Gentoo, SUSE
      {.directory = "/etc/pki/ca-trust/extracted/pem/directory-hash", .bundle = "/etc/pki/tls/certs/ca-bundle.crt"},
      {.directory = {}, .bundle = "/etc/ssl/cert.pem"},  // Alpine, the BSDs, macOS
  };
}

}  // namespace dgauth::http
