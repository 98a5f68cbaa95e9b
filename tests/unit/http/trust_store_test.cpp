// SPDX-License-Identifier: MIT
#include "http/trust_store.hpp"

#include "support/http_printing.hpp"
#include "support/temporary_folder.hpp"

namespace dgauth::http {
namespace {

using host::Environment;

constexpr std::string_view pem = "-----BEGIN CERTIFICATE-----\nfake\n-----END CERTIFICATE-----\n";

}  // namespace

TEST_CASE("http::find_trust_store: the system's, unless somebody names another") {
  CHECK(find_trust_store("", Environment()) == TrustStore{});
  CHECK(find_trust_store("", Environment({{"SSL_CERT_FILE", ""}, {"SSL_CERT_DIR", ""}})) == TrustStore{});
}

TEST_CASE("http::find_trust_store: --cacert, else the variables") {
  const support::TemporaryFolder folder;
  const std::string flag = folder.file("flag.pem", pem);
  const std::string variable = folder.file("variable.pem", pem);
  const Environment both({{"SSL_CERT_FILE", variable}, {"SSL_CERT_DIR", folder.path()}});
  CHECK(find_trust_store(flag, Environment()) == TrustStore{flag, ""});
  CHECK(find_trust_store(flag, both) == TrustStore{flag, ""});
  CHECK(find_trust_store("", both) == TrustStore{variable, folder.path()});
  CHECK(find_trust_store("", Environment({{"SSL_CERT_FILE", variable}})) == TrustStore{variable, ""});
  CHECK(find_trust_store("", Environment({{"SSL_CERT_DIR", folder.path()}})) == TrustStore{"", folder.path()});
}

TEST_CASE("http::find_trust_store: what is not there is never passed over in silence, promise 12") {
  const support::TemporaryFolder folder;
  const std::string missing = folder.at("missing.pem");
  const std::string good = folder.file("good.pem", pem);

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

  // A file is no folder.
  const auto by_file_as_folder = find_trust_store("", Environment({{"SSL_CERT_DIR", good}}));
  CHECK_FALSE(by_file_as_folder.has_value());
}

TEST_CASE("http::TrustStore::name says what -v shows") {
  CHECK(TrustStore{"/a.pem", ""}.name() == "/a.pem");
  CHECK(TrustStore{"", "/certs"}.name() == "/certs");
  CHECK(TrustStore{"/a.pem", "/certs"}.name() == "/a.pem and /certs");
  CHECK_FALSE(TrustStore{}.name().empty());
}

}  // namespace dgauth::http
