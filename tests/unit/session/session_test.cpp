// SPDX-License-Identifier: MIT
#include "session/session.hpp"

#include <fmt/format.h>

#include "support/command_stage.hpp"
#include "support/temporary_folder.hpp"

namespace dgauth::session {
namespace {

using commands::GrantOptions;
using commands::HeaderOptions;

using namespace std::chrono_literals;
using support::CommandStage;
using support::fake_key;
using support::TemporaryFolder;

deepgram::BaseUrl url(std::string_view text) { return *deepgram::BaseUrl::parse(text); }

// The base URL that a stage settles on, or what is wrong.
Result<std::string> base_url_of(CommandStage& stage) {
  Result<std::string> text = fail(ErrorKind::internal, "not run");
  stage.run([&text](const Context& context) -> Result<ExitStatus> {
    text =
        Session::open(context).map([](const std::unique_ptr<Session>& session) { return session->base_url().text(); });
    return ExitStatus::ok;
  });
  return text;
}

constexpr std::string_view config_text =
    "profile = \"default\"\n"
    "[profiles.default]\nbase_url = \"https://default.example\"\napi_key_file = \"key\"\n"
    "[profiles.named]\nregion = \"eu\"\nttl = 60\napi_key_file = \"key\"\n"
    "[profiles.bare]\n";

// A stage with that configuration and its key file.
struct Configured : CommandStage {
  TemporaryFolder directory;
  Configured() {
    directory.file("key", "key-of-profile\n");
    global.config = directory.file("config.toml", config_text);
  }
};

}  // namespace

TEST_CASE("session::Session::open: base URL by flag, explicit profile, environment, profile, default") {
  struct Row {
    std::string_view what, flag, profile, variable;
    bool has_config;
    std::string_view base_url;
  };
  constexpr Row rows[] = {
      {"nothing", "", "", "", false, "https://api.deepgram.com"},
      {"the flag beats all", "https://flag.example", "named", "https://variable.example", true, "https://flag.example"},
      {"an explicit profile beats the environment", "", "named", "https://variable.example", true,
       "https://api.eu.deepgram.com"},
      {"an explicit profile without one does not", "", "bare", "https://variable.example", true,
       "https://variable.example"},
      {"the environment beats a default profile", "", "", "https://variable.example", true, "https://variable.example"},
      {"a default profile", "", "", "", true, "https://default.example"},
      {"an explicit profile without one leaves the default", "", "bare", "", true, "https://api.deepgram.com"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.what);
    Configured configured;
    CommandStage without_config;
    CommandStage& stage = row.has_config ? configured : without_config;
    stage.global.profile = row.profile;
    if (!row.flag.empty()) {
      stage.global.base_url = url(row.flag);
    }
    stage.world.variables["DEEPGRAM_BASE_URL"] = row.variable;
    CHECK(base_url_of(stage) == std::string(row.base_url));
  }
}

TEST_CASE("session::Session::open: the base URL knows who named it") {
  const auto source_of = [](CommandStage& stage) {
    std::string source = "not opened";
    stage.run([&source](const Context& context) -> Result<ExitStatus> {
      source = Session::open(context).value()->base_url().source();
      return ExitStatus::ok;
    });
    return source;
  };
  Configured configured;
  CHECK(source_of(configured) == "profile default");
  configured.world.variables["DEEPGRAM_BASE_URL"] = "https://api.eu.deepgram.com";
  CHECK(source_of(configured) == "DEEPGRAM_BASE_URL");
  configured.global.base_url = url("https://proxy.example");
  CHECK(source_of(configured) == "--base-url");
  configured.global.base_url = url("https://api.eu.deepgram.com").named_by("--region");
  CHECK(source_of(configured) == "--region");
  CommandStage bare;
  CHECK(source_of(bare).empty());
}

TEST_CASE("session::Session::open warns of a foreign host that nobody chose explicitly, promise 11") {
  struct Row {
    std::string_view variable;
    bool warns;
  };
  constexpr Row rows[] = {
      {"https://proxy.example/deepgram", true}, {"https://api.deepgram.com.evil.example", true},
      {"https://evildeepgram.com", true},       {"https://10.0.0.1", true},
      {"https://api.deepgram.com", false},      {"https://uid.eu.api.deepgram.com", false},
      {"https://deepgram.com", false},          {"http://localhost:8080", false},
      {"http://127.0.0.1:8080", false},         {"http://[::1]:8080", false},
  };
  for (const Row& row : rows) {
    CAPTURE(row.variable);
    CommandStage stage;
    stage.world.variables = {{"DEEPGRAM_BASE_URL", std::string(row.variable)}};
    REQUIRE(base_url_of(stage).has_value());
    const std::string& err = stage.world.console.err;
    CHECK(err.empty() != row.warns);
    if (row.warns) {
      CHECK(err.starts_with("dgauth: warning: "));
      CHECK(err.find(url(row.variable).host()) != std::string::npos);
      CHECK(err.find("DEEPGRAM_BASE_URL") != std::string::npos);
    }
  }
  // By flag or profile it is explicit.
  CommandStage by_flag;
  by_flag.global.base_url = url("https://proxy.example");
  REQUIRE(base_url_of(by_flag).has_value());
  CHECK(by_flag.world.console.err == "");
  Configured by_profile;
  REQUIRE(base_url_of(by_profile).has_value());
  CHECK(by_profile.world.console.err == "");
}

TEST_CASE("session::Session::open: a bad DEEPGRAM_BASE_URL is config and names the variable, promise 10") {
  for (const std::string_view text :
       {"http://api.deepgram.com", "api.deepgram.com", "https://u:fake-password@h.example",
        "https://h.example/?key=fake-password", "https://h.example\n"}) {
    CAPTURE(text);
    CommandStage stage;
    stage.world.variables = {{"DEEPGRAM_BASE_URL", std::string(text)}};
    const Result<std::string> result = base_url_of(stage);
    REQUIRE_FALSE(result.has_value());
    CHECK(result.error().kind == ErrorKind::config);
    CHECK(result.error().message.starts_with("DEEPGRAM_BASE_URL "));
    CHECK((result.error().message + result.error().hint).find("fake-password") == std::string::npos);
  }
}

TEST_CASE("session::Session::open: a configuration that cannot be used is never passed over") {
  const TemporaryFolder directory;
  struct Row {
    std::string config, profile;
  };
  const Row rows[] = {
      {directory.at("missing.toml"), ""},
      {directory.file("broken.toml", "profile ="), ""},
      {directory.file("unknown.toml", "[profiles.p]\nunknown = 1\n"), ""},
      {directory.file("good.toml", "[profiles.p]\n"), "missing"},
      {directory.file("default.toml", "profile = \"missing\"\n"), ""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.config);
    CommandStage stage;
    stage.global.config = row.config;
    stage.global.profile = row.profile;
    const Result<std::string> result = base_url_of(stage);
    REQUIRE_FALSE(result.has_value());
    CHECK(result.error().kind == ErrorKind::config);
  }
}

TEST_CASE("commands: key and base URL may come from different places, and the profile gives the TTL") {
  Configured stage;
  stage.global.profile = "named";
  stage.client.will_answer(200, support::grant_reply(support::jwt_expiring(60s), 60));
  stage.run(GrantOptions{});
  REQUIRE(stage.client.requests.size() == 1);
  CHECK(stage.client.requests[0].url == "https://api.eu.deepgram.com/v1/auth/grant");
  CHECK(stage.client.requests[0].authorization == "Token key-of-profile");
  CHECK(stage.client.requests[0].body == R"({"ttl_seconds":60})");

  Configured mixed;
  mixed.global.profile = "bare";
  mixed.world.variables = {{"DEEPGRAM_API_KEY", "key-of-environment"}};
  mixed.global.base_url = url("https://flag.example");
  mixed.client.will_answer(200, support::grant_reply("fake-token", 5));
  GrantOptions options;
  options.mint.ttl = *deepgram::Ttl::of(5s);  // the flag beats the profile's
  mixed.run(options);
  REQUIRE(mixed.client.requests.size() == 1);
  CHECK(mixed.client.requests[0].url == "https://flag.example/v1/auth/grant");
  CHECK(mixed.client.requests[0].authorization == "Token key-of-environment");
  CHECK(mixed.client.requests[0].body == R"({"ttl_seconds":5})");
}

TEST_CASE("session::Session::patience: the defaults of the manual, unless an option says otherwise") {
  struct Row {
    std::optional<std::chrono::seconds> timeout, connect_timeout;
    std::optional<int> retries;
    http::RequestLimits limits;
  };
  const Row rows[] = {
      {{}, {}, {}, {.total = 30s, .connect = 10s, .retries = 2}},
      {5s, {}, {}, {.total = 5s, .connect = 10s, .retries = 2}},
      {{}, 3s, {}, {.total = 30s, .connect = 3s, .retries = 2}},
      {{}, {}, 0, {.total = 30s, .connect = 10s, .retries = 0}},
      {60s, 20s, 7, {.total = 60s, .connect = 20s, .retries = 7}},
  };
  for (const Row& row : rows) {
    CommandStage stage;
    stage.world.variables = {{"DEEPGRAM_API_KEY", std::string(fake_key)}};
    stage.global.timeout = row.timeout;
    stage.global.connect_timeout = row.connect_timeout;
    stage.global.retries = row.retries;
    stage.client.will_answer(200, support::grant_reply("fake-token", 30));
    stage.run(GrantOptions{});
    REQUIRE(stage.client.requests.size() == 1);
    CHECK(stage.client.requests[0].limits == row.limits);
  }
}

TEST_CASE("session::Session::make_exchange gives the trust store and the clock, and a bad CA file is told") {
  const TemporaryFolder directory;
  const std::string pem = directory.file("ca.pem", "-----BEGIN CERTIFICATE-----\nfake\n-----END CERTIFICATE-----\n");
  CommandStage stage;
  stage.world.variables = {{"DEEPGRAM_API_KEY", std::string(fake_key)}};
  stage.global.cacert = pem;
  stage.client.will_answer(200, support::grant_reply("fake-token", 30));
  stage.run(GrantOptions{});
  CHECK(stage.client.made == 1);
  CHECK(stage.client.last_settings.trust_store ==
        http::TrustStore{.file = pem, .directory = {}, .reserve = {}, .is_of_flag = true});
  CHECK(stage.client.last_settings.clock.now() == support::noon);

  CommandStage bad;
  bad.world.variables = {{"DEEPGRAM_API_KEY", std::string(fake_key)}};
  bad.global.cacert = directory.at("missing.pem");
  CHECK(bad.run(GrantOptions{}).result.error().kind == ErrorKind::usage);
  CHECK(bad.client.made == 0);
}

TEST_CASE("commands: -v tells sources and a fingerprint, and no secret, promise 19") {
  CommandStage stage;
  stage.world.variables = {{"DEEPGRAM_API_KEY", std::string(fake_key)}};
  stage.global.verbose = true;
  const std::string token = support::jwt_expiring(30s);
  stage.client.will_answer(200, support::grant_reply(token, 30));
  const support::Outcome outcome = stage.run(GrantOptions{});
  CHECK(outcome.out == token + "\n");
  CHECK(outcome.err.find("https://api.deepgram.com") != std::string::npos);
  CHECK(outcome.err.find("env:DEEPGRAM_API_KEY") != std::string::npos);
  CHECK(outcome.err.find("fingerprint ") != std::string::npos);
  for (std::size_t at = 0; at + 8 <= fake_key.size(); ++at) {
    CHECK(outcome.err.find(fake_key.substr(at, 8)) == std::string::npos);
  }
  CHECK(outcome.err.find(token.substr(token.size() - 8)) == std::string::npos);
  // What the client tells goes the same way.
  stage.client.last_settings.trace("POST, 200");
  CHECK(stage.world.console.err.ends_with("dgauth: trace: POST, 200\n"));
}

TEST_CASE("session::Session::open: a bad --cacert is a usage error before a key is looked for, promise 45") {
  CommandStage stage;
  stage.global.cacert = "/fake/ca.pem";
  for (const bool is_dry_run : {false, true}) {
    stage.global.dry_run = is_dry_run;
    const support::Outcome outcome = stage.run(GrantOptions{});
    REQUIRE_FALSE(outcome.result.has_value());
    CHECK(outcome.result.error().kind == ErrorKind::usage);
    CHECK(outcome.out.empty());
  }
  CHECK(stage.client.made == 0);
}

}  // namespace dgauth::session
