// SPDX-License-Identifier: MIT
#include "http/trust_store.hpp"

#include <filesystem>

#include "support/http_printing.hpp"
#include "support/temporary_folder.hpp"

namespace dgauth::http {
namespace {

using host::Environment;

constexpr std::string_view pem = "-----BEGIN CERTIFICATE-----\nfake\n-----END CERTIFICATE-----\n";

TrustStore bundle_alone(const std::string& path) { return {.file = path, .directory = {}, .reserve = {}}; }

TrustStore folder_alone(const std::string& path) { return {.file = {}, .directory = path, .reserve = {}}; }

TrustStore folder_first(const std::string& directory, const std::string& bundle) {
  return {.file = {}, .directory = directory, .reserve = bundle};
}

TrustStore folder_and_bundle(const std::string& directory, const std::string& bundle) {
  return {.file = bundle, .directory = directory, .reserve = {}};
}

TrustStore chosen_from(const std::vector<StorePlace>& places) { return choose_store(places); }

}  // namespace

TEST_CASE("http::find_trust_store: the system's, unless somebody names another") {
  CHECK(find_trust_store("", Environment()) == TrustStore{});
  CHECK(find_trust_store("", Environment({{"SSL_CERT_FILE", ""}, {"SSL_CERT_DIR", ""}})) == TrustStore{});
}

TEST_CASE("http::find_trust_store: --cacert, else the variables") {
  const support::TemporaryFolder directory;
  const std::string flag = directory.file("flag.pem", pem);
  const std::string variable = directory.file("variable.pem", pem);
  const Environment both({{"SSL_CERT_FILE", variable}, {"SSL_CERT_DIR", directory.path()}});
  CHECK(find_trust_store(flag, Environment()) == bundle_alone(flag));
  CHECK(find_trust_store(flag, both) == bundle_alone(flag));
  CHECK(find_trust_store("", both) == folder_and_bundle(directory.path(), variable));
  CHECK(find_trust_store("", Environment({{"SSL_CERT_FILE", variable}})) == bundle_alone(variable));
  CHECK(find_trust_store("", Environment({{"SSL_CERT_DIR", directory.path()}})) == folder_alone(directory.path()));
  const std::string several = "/nonexistent:" + directory.path() + ":";  // OpenSSL passes over what is not there
  CHECK(find_trust_store("", Environment({{"SSL_CERT_DIR", several}})) == folder_alone(several));

  directory.file("5ad8a5d6.0", pem);
  CHECK(find_trust_store("", both) == folder_first(directory.path(), variable));
}

TEST_CASE("http::find_trust_store: a long text before the first certificate is no reason to refuse a file") {
  const support::TemporaryFolder directory;
  const std::string prose(200 * 1024, '#');
  const std::string late = directory.file("late.pem", prose + "\n" + std::string(pem));
  CHECK(find_trust_store(late, Environment()) == bundle_alone(late));
  CHECK_FALSE(find_trust_store(directory.file("none.pem", "# no certificate\n"), Environment()).has_value());
}

TEST_CASE("http::find_trust_store: what is not there is never passed over in silence, promise 12") {
  const support::TemporaryFolder directory;
  const std::string missing = directory.at("missing.pem");
  const std::string good = directory.file("good.pem", pem);

  const auto by_flag = find_trust_store(missing, Environment({{"SSL_CERT_FILE", good}}));
  REQUIRE_FALSE(by_flag.has_value());
  CHECK(by_flag.error().kind == ErrorKind::usage);
  CHECK(by_flag.error().message.starts_with("--cacert"));
  CHECK(by_flag.error().message.find(missing) != std::string::npos);

  const auto by_file = find_trust_store("", Environment({{"SSL_CERT_FILE", missing}}));
  REQUIRE_FALSE(by_file.has_value());
  CHECK(by_file.error().kind == ErrorKind::config);
  CHECK(by_file.error().message.starts_with("SSL_CERT_FILE"));
  CHECK(by_file.error().message.find(missing) != std::string::npos);

  const auto by_folder = find_trust_store("", Environment({{"SSL_CERT_FILE", good}, {"SSL_CERT_DIR", missing}}));
  REQUIRE_FALSE(by_folder.has_value());
  CHECK(by_folder.error().kind == ErrorKind::config);
  CHECK(by_folder.error().message.starts_with("SSL_CERT_DIR"));

  // A file is no directory.
  const auto by_file_as_folder = find_trust_store("", Environment({{"SSL_CERT_DIR", good}}));
  CHECK_FALSE(by_file_as_folder.has_value());
}

TEST_CASE("http::choose_store: a hashed folder with its bundle in reserve, else the bundle") {
  const support::TemporaryFolder directory;
  const std::string bundle = directory.file("bundle.crt", pem);
  const StorePlace place{.directory = directory.path(), .bundle = bundle};
  CHECK(chosen_from({place}) == bundle_alone(bundle));

  for (const std::string_view name : {"5ad8a5d6", "5ad8a5d6.", "5ad8a5d6.r0", "5ad8a5d6.pem", "5ad8a5d.0",
                                      "5ad8a5d60.0", "5AD8A5D6.0", "5ad8a5d6.0~", "Some_CA.pem"}) {
    CAPTURE(name);
    directory.file(name, pem);
    CHECK(chosen_from({place}) == bundle_alone(bundle));
  }
  directory.file("5ad8a5d6.10", pem);
  CHECK(chosen_from({place}) == folder_first(directory.path(), bundle));
  CHECK(chosen_from({{directory.path(), ""}}) == folder_alone(directory.path()));
  CHECK(chosen_from({{directory.path(), directory.at("missing.crt")}}) == folder_alone(directory.path()));
}

TEST_CASE("http::choose_store: a hashed name that leads nowhere does not make a folder one") {
  const support::TemporaryFolder directory;
  const std::string bundle = directory.file("bundle.crt", pem);
  std::filesystem::create_symlink("gone.pem", directory.at("5ad8a5d6.0"));
  CHECK(chosen_from({{directory.path(), bundle}}) == bundle_alone(bundle));
  directory.file("gone.pem", pem);
  CHECK(chosen_from({{directory.path(), bundle}}) == folder_first(directory.path(), bundle));
}

TEST_CASE("http::choose_store: the first place that has one") {
  const support::TemporaryFolder hashed;
  hashed.file("5ad8a5d6.0", pem);
  const support::TemporaryFolder plain;
  const std::string bundle = plain.file("bundle.crt", pem);
  const StorePlace nowhere{.directory = plain.at("missing"), .bundle = plain.at("missing.crt")};
  CHECK(chosen_from({}) == TrustStore{});
  CHECK(chosen_from({{"", ""}, nowhere}) == TrustStore{});
  CHECK(chosen_from({nowhere, {"", bundle}, {hashed.path(), ""}}) == bundle_alone(bundle));
  CHECK(chosen_from({nowhere, {hashed.path(), ""}, {"", bundle}}) == folder_alone(hashed.path()));
}

TEST_CASE("http::TrustStore::add_reserve makes it one of two, once") {
  TrustStore store = folder_first("/certs", "/bundle.crt");
  store.add_reserve();
  CHECK(store == folder_and_bundle("/certs", "/bundle.crt"));
  store.add_reserve();
  CHECK(store == folder_and_bundle("/certs", "/bundle.crt"));
}

TEST_CASE("http::TrustStore::name says what -v shows") {
  CHECK(bundle_alone("/a.pem").name() == "/a.pem");
  CHECK(folder_alone("/certs").name() == "/certs");
  CHECK(folder_and_bundle("/certs", "/a.pem").name() == "/certs and /a.pem");
  CHECK(folder_first("/certs", "/a.pem").name() == "/certs, in reserve /a.pem");
  CHECK(TrustStore{}.name() == "none found");
}

}  // namespace dgauth::http
