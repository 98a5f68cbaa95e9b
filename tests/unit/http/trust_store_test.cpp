// SPDX-License-Identifier: MIT
#include "http/trust_store.hpp"

#include <filesystem>
#include <fstream>
#include <thread>

#include <fcntl.h>
#include <sys/stat.h>

#include "host/descriptor.hpp"
#include "support/http_printing.hpp"
#include "support/temporary_folder.hpp"

namespace dgauth::http {
namespace {

using host::Environment;

constexpr std::string_view pem = "-----BEGIN CERTIFICATE-----\nfake\n-----END CERTIFICATE-----\n";

TrustStore bundle_alone(const std::string& path) { return {.file = path, .directory = {}, .reserve = {}}; }

TrustStore bundle_of_flag(const std::string& path) {
  return {.file = path, .directory = {}, .reserve = {}, .is_of_flag = true};
}

TrustStore folder_alone(const std::string& path) { return {.file = {}, .directory = path, .reserve = {}}; }

TrustStore folder_first(const std::string& directory, const std::string& bundle) {
  return {.file = {}, .directory = directory, .reserve = bundle};
}

TrustStore folder_and_bundle(const std::string& directory, const std::string& bundle) {
  return {.file = bundle, .directory = directory, .reserve = {}};
}

TrustStore named_by(std::string_view variable, TrustStore store) {
  store.variable = variable;
  return store;
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
  CHECK(find_trust_store(flag, Environment()) == bundle_of_flag(flag));
  CHECK(find_trust_store(flag, both) == bundle_of_flag(flag));
  CHECK(find_trust_store("", both) ==
        named_by("SSL_CERT_FILE and SSL_CERT_DIR", folder_and_bundle(directory.path(), variable)));
  CHECK(find_trust_store("", Environment({{"SSL_CERT_FILE", variable}})) ==
        named_by("SSL_CERT_FILE", bundle_alone(variable)));
  CHECK(find_trust_store("", Environment({{"SSL_CERT_DIR", directory.path()}})) ==
        named_by("SSL_CERT_DIR", folder_alone(directory.path())));
  const std::string several = "/nonexistent:" + directory.path() + ":";  // OpenSSL passes over what is not there
  CHECK(find_trust_store("", Environment({{"SSL_CERT_DIR", several}})) ==
        named_by("SSL_CERT_DIR", folder_alone(several)));

  directory.file("5ad8a5d6.0", pem);
  CHECK(find_trust_store("", both) ==
        named_by("SSL_CERT_FILE and SSL_CERT_DIR", folder_first(directory.path(), variable)));
}

TEST_CASE("http::find_trust_store: a long text before the first certificate is no reason to refuse a file") {
  const support::TemporaryFolder directory;
  const std::string prose(200 * 1024, '#');
  const std::string late = directory.file("late.pem", prose + "\n" + std::string(pem));
  CHECK(find_trust_store(late, Environment()) == bundle_of_flag(late));
  CHECK_FALSE(find_trust_store(directory.file("none.pem", "# no certificate\n"), Environment()).has_value());
}

TEST_CASE("http::find_trust_store: what libcurl could not open by its name is read once, and kept") {
  const support::TemporaryFolder directory;
  const std::string file = directory.file("ca.pem", pem);
  const std::string fifo = directory.at("fifo");
  REQUIRE(::mkfifo(fifo.c_str(), 0600) == 0);
  const auto writes = [&fifo] { return std::thread([&fifo] { std::ofstream(fifo) << pem; }); };
  std::thread first = writes();
  const Result<TrustStore> by_flag = find_trust_store(fifo, Environment());
  first.join();
  REQUIRE(by_flag.has_value());
  REQUIRE(by_flag->bytes);
  CHECK(*by_flag->bytes == pem);
  CHECK(by_flag->file == fifo);

  directory.file("5ad8a5d6.0", pem);
  std::thread second = writes();
  const Result<TrustStore> in_reserve =
      find_trust_store("", Environment({{"SSL_CERT_FILE", fifo}, {"SSL_CERT_DIR", directory.path()}}));
  second.join();
  REQUIRE(in_reserve.has_value());
  CHECK(in_reserve->reserve == fifo);
  CHECK(*in_reserve->bytes == pem);

  const host::Descriptor descriptor(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
  const Result<TrustStore> by_number = find_trust_store("/dev/fd/" + std::to_string(descriptor.get()), Environment());
  REQUIRE(by_number.has_value());
  CHECK(*by_number->bytes == pem);
  CHECK(find_trust_store("/dev/null", Environment()).error().kind == ErrorKind::usage);
  CHECK(find_trust_store("/dev/zero", Environment()).error().kind == ErrorKind::usage);
}

TEST_CASE("http::find_trust_store: nothing in SSL_CERT_DIR is waited for (promise 14)") {
  const support::TemporaryFolder directory;
  directory.file("5ad8a5d6.0", pem);
  REQUIRE(::mkfifo(directory.at("5ad8a5d7.0").c_str(), 0600) == 0);
  const Result<TrustStore> store = find_trust_store("", Environment({{"SSL_CERT_DIR", directory.path()}}));
  REQUIRE_FALSE(store.has_value());
  CHECK(store.error().kind == ErrorKind::config);
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
